import { asHtml, machinePage } from '../http/local-page.ts';
import type { Mail } from './mail.ts';

/** The mailbox for a browser: newest first, the code in large figures. */
export function mailPage(mails: readonly Mail[]): string {
  const list =
    mails.length === 0
      ? '<p class="empty">No mail yet. Sign up, and the code arrives here.</p>'
      : mails.map(entry).join('\n');
  return machinePage({
    title: 'Mailbox · Daypass',
    style: `  body { max-width: 42rem; margin: 2rem auto; padding: 0 1rem; }
  article { border: 1px solid color-mix(in srgb, currentColor 20%, transparent); border-radius: .5rem; padding: 1rem; margin: 1rem 0; }
  h2 { font-size: 1rem; margin: 0; }
  .meta, .empty { opacity: .7; font-size: .875rem; margin: .25rem 0; overflow-wrap: anywhere; }
  .code { font: 600 1.75rem/1.2 ui-monospace, monospace; letter-spacing: .1em; margin: .5rem 0; user-select: all; }
  .text { white-space: pre-wrap; margin: 0; overflow-wrap: anywhere; }`,
    body: `<h1>Mailbox of this machine</h1>
<p class="meta">Nothing is sent anywhere: every mail the platform would send is kept here. Reload for new ones.</p>
${list}`,
  });
}

function entry(mail: Mail): string {
  const code = mail.code === null ? '' : `<p class="code">${asHtml(mail.code)}</p>`;
  return `<article>
<h2>${asHtml(mail.subject)}</h2>
<p class="meta">${sender(mail)}To ${asHtml(mail.to)} · <time datetime="${mail.at}">${mail.at}</time></p>
${code}<p class="text">${asHtml(mail.text)}</p>
</article>`;
}

function sender({ from, replyTo }: Mail): string {
  const lines = [from && `From ${from}`, replyTo && `Reply to ${replyTo}`];
  return lines.map((line) => (line === undefined ? '' : `${asHtml(line)} · `)).join('');
}
