/** What an operator may have of their own; see docs/site.md. */
export const ownSite = {
  settings: `site:
  name: Acme AI
  sentence: Every model Acme pays for, behind one key.
  accent: '#b3421d'
  links: [{ label: Status, url: https://status.example.com }]
  feedback: ops@example.com
`,
  files: {
    'site/logo.svg':
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><style>.a { fill: #b3421d }</style><path class="a" d="M16 2 30 30H2z"/></svg>\n',
    'site/logo-dark.svg':
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path fill="#f99475" d="M16 2 30 30H2z"/></svg>\n',
    'site/pages/contact.md': '# Contact\n\nWrite to <ops@example.com>, or read the [terms](/pages/terms).\n',
    'site/pages/terms.md': `# Terms of use

What you send is **yours**. <b>HTML</b> stays text.

## Limits

| what | how much |
|---|---|
| calls | see \`GET /v1/plans\` |

![A picture](https://example.com/picture.png)
`,
    'site/mails/code.txt': 'Subject: {name}: your code\n\nWelcome & hello,\nyour code is {code}.\n',
    'site/mails/suspended.txt': 'Subject: {name} is closed to you\n\nAsk ops@example.com.\n',
  },
};
