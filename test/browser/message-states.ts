import { call } from '../e2e/client.ts';
import { button } from './account-pages.ts';
import { newMessage, writeMessage } from './message-pages.ts';
import type { Screen } from './open-screen.ts';

const writing = { path: '/secrets', as: 'owner' } as const;

/** A one-time message, from its writing to its end. */
export const messageStates: readonly Screen[] = [
  {
    name: 'message-refused',
    ...writing,
    async prepare({ page }) {
      await button(page, 'Create link').click();
      await page.getByText('Write a message first.').waitFor();
    },
  },
  {
    name: 'message-link',
    ...writing,
    async prepare({ page }) {
      await writeMessage(page, 'The password is swordfish.');
      await page.getByText('Not read yet').waitFor();
    },
  },
  {
    name: 'message-read',
    as: 'nobody',
    path: async ({ runtime }) => (await newMessage(runtime)).path,
    prepare: ({ page }) => button(page, 'Open message').waitFor(),
  },
  {
    name: 'message-opened',
    as: 'nobody',
    async path({ runtime }) {
      const long = `OPENAI_API_KEY=${'W'.repeat(200)}\n\n${'A line of the message.\n'.repeat(40)}`;
      return (await newMessage(runtime, long)).path;
    },
    async prepare({ page }) {
      await button(page, 'Open message').click();
      await page.getByRole('heading', { name: 'Your message' }).waitFor();
    },
  },
  {
    name: 'message-gone',
    as: 'nobody',
    async path({ runtime }, visitor) {
      const { id, path } = await newMessage(runtime);
      await call(runtime.edge, `/v1/secrets/${id}/reveal`, { method: 'POST' });
      visitor.expectFailure(`GET /v1/secrets/${id}`, 404);
      return path;
    },
    prepare: ({ page }) => page.getByText('This message is gone').waitFor(),
  },
  {
    name: 'message-incomplete',
    as: 'nobody',
    path: async ({ runtime }) => `/sealed/${(await newMessage(runtime)).id}#cut`,
    prepare: ({ page }) => page.getByText('This link is incomplete').waitFor(),
  },
  {
    name: 'message-not-looked-for',
    as: 'nobody',
    async path({ runtime, setFaults }, visitor) {
      const { id, path } = await newMessage(runtime);
      await setFaults([{ service: 'dynamodb', kind: 'error' }]);
      visitor.expectFailure(`GET /v1/secrets/${id}`, 503);
      return path;
    },
    prepare: ({ page }) => page.getByText('The message could not be looked for').waitFor(),
  },
  {
    name: 'message-not-opened',
    as: 'nobody',
    async path({ runtime }, visitor) {
      const { id, path } = await newMessage(runtime);
      visitor.expectFailure(`POST /v1/secrets/${id}/reveal`, 503);
      return path;
    },
    async prepare({ page }, { setFaults }) {
      await button(page, 'Open message').waitFor();
      await setFaults([{ service: 'kms', kind: 'error' }]);
      await button(page, 'Open message').click();
      await page.getByRole('alert').waitFor();
    },
  },
  ...(['waiting', 'revealed', 'burned'] as const).map(
    (status): Screen => ({
      name: `message-receipt-${status}`,
      as: 'nobody',
      async path({ runtime }) {
        const { id, receipt, receiptPath } = await newMessage(runtime);
        const headers = { 'x-daypass-receipt': receipt };
        if (status === 'revealed') await call(runtime.edge, `/v1/secrets/${id}/reveal`, { method: 'POST' });
        if (status === 'burned') await call(runtime.edge, `/v1/secrets/${id}`, { method: 'DELETE', headers });
        return receiptPath;
      },
      prepare: ({ page }) => page.getByRole('heading', { name: 'Your one-time message' }).waitFor(),
    }),
  ),
  {
    name: 'message-receipt-unknown',
    as: 'nobody',
    async path({ runtime }, visitor) {
      const { id } = await newMessage(runtime);
      visitor.expectFailure(`GET /v1/secrets/${id}/receipt`, 404);
      return `/secrets/${id}/receipt#rcp_another`;
    },
    prepare: ({ page }) => page.getByText('The receipt could not be loaded').waitFor(),
  },
  {
    name: 'key-handed-over',
    path: '/keys/new',
    as: 'owner',
    async prepare({ page }) {
      await page.getByLabel('Name', { exact: true }).fill('For Grace');
      await page.getByRole('button', { name: 'Create key' }).click();
      await button(page, 'Create a one-time link').click();
      const link = page.locator('code', { hasText: '/sealed/sec_' });
      await link.waitFor();
      await link.scrollIntoViewIfNeeded();
    },
  },
];
