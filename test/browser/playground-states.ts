import { call, chatBody } from '../e2e/client.ts';
import type { Screen } from './open-screen.ts';
import { button, question, showChat } from './playground-page.ts';

const at = { path: '/playground', as: 'owner' } as const;

/** The playground with what stands above it, and at the end of the day's plan. */
export const playgroundStates: readonly Screen[] = [
  {
    name: 'playground-code',
    ...at,
    async prepare({ page }) {
      await showChat(page);
      await button(page, 'Get code').click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'playground-used-up',
    ...at,
    async prepare(visitor, { runtime, person, keyId }) {
      const { body } = await call(runtime.edge, `/v1/api-keys/${keyId}/rotate`, {
        method: 'POST',
        token: person.token,
      });
      for (let status = 200; status === 200; )
        ({ status } = await call(runtime.edge, '/v1/chat/completions', { key: body.key, body: chatBody() }));
      await visitor.page.reload();
      await question(visitor.page).waitFor();
      await button(visitor.page, 'Move this key to 20-per-day').waitFor();
    },
  },
];
