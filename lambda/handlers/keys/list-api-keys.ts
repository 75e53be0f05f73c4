import { pageQuery } from '../../../core/contract/route-contract.ts';
import { describeKeys } from '../../../core/keys/describe-key.ts';
import { userRoute } from '../../http/user-route.ts';
import { openKeys } from '../../key-ports.ts';

const { ends, records, meters } = openKeys();

/** GET /v1/api-keys */
export const handler = userRoute(ends, { query: pageQuery }, async ({ query }, { userId }) => {
  const page = await records.listVisible(userId, query);
  return {
    status: 200,
    body: { data: await describeKeys(meters, page.records, Date.now()), nextCursor: page.nextCursor },
  };
});
