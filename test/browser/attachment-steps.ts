import type { Locator, Page } from 'playwright-core';

export interface LocalFile {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

export const file = (name: string, content: string | Buffer, mimeType = ''): LocalFile => ({
  name,
  mimeType,
  buffer: Buffer.from(content),
});

/** Those of the question that is being written: they come after all of the conversation. */
export const attached = (page: Page): Locator =>
  page.getByRole('list', { name: 'Attachments' }).last().getByRole('listitem');

/** By the button, as a person does. */
export async function choose(page: Page, files: LocalFile[]): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Attach images or documents' }).click();
  await (await chooser).setFiles(files);
}

/** What the page gets when files are held over it, and when they are let go. */
export async function drag(page: Page, step: 'dragover' | 'drop', files: LocalFile[]): Promise<void> {
  const data = await page.evaluateHandle(
    (parts) => {
      const transfer = new DataTransfer();
      for (const { name, type, bytes } of parts) {
        transfer.items.add(new File([new Uint8Array(bytes)], name, { type }));
      }
      return transfer;
    },
    files.map(({ name, mimeType, buffer }) => ({ name, type: mimeType, bytes: [...buffer] })),
  );
  await page.dispatchEvent('main', step, { dataTransfer: data });
}

/** Puts a picture, with formatted words beside it or not, into the clipboard, and presses the keys for it. */
export async function pastePicture(page: Page, picture: Buffer, words?: string): Promise<void> {
  await page.evaluate(
    async ({ bytes, text }) => {
      const types = { 'image/png': new Blob([new Uint8Array(bytes)], { type: 'image/png' }) };
      const words = (type: string) => ({ [type]: new Blob([text ?? ''], { type }) });
      const withWords = { ...types, ...words('text/plain'), ...words('text/html') };
      await navigator.clipboard.write([new ClipboardItem(text === undefined ? types : withWords)]);
    },
    { bytes: [...picture], text: words },
  );
  await page.keyboard.press('ControlOrMeta+v');
}
