import { environment } from '../../../../local/template/pseudo-parameters.ts';
import type { ProviderContext } from '../../../../local/template/resource-provider.ts';

/** A provider's context in stack Shop, with one directory and one file among its assets. */
export const context: ProviderContext = {
  stackName: 'Shop',
  environment,
  assets: {
    byObjectKey: (objectKey) => ({
      objectKey,
      path: `/cdk.out/asset.${objectKey}`,
      packaging: objectKey.endsWith('.zip') ? 'zip' : 'file',
    }),
  },
};
