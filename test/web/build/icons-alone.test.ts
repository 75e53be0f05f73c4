import { iconFiles, withIconsAlone } from '../../../web/build/icons-alone.ts';

const files = iconFiles(`export { createLucideIcon } from './createLucideIcon.mjs';
export { default as Check, default as CheckIcon } from './icons/check.mjs';
export { default as Trash, default as Trash2 } from './icons/trash.mjs';
`);

test('each icon is imported from its own file, by the name it is used by, and types are left out', () => {
  const code = `import { Check, type LucideIcon, Trash2 as Bin } from 'lucide-react';
import type { LucideProps } from 'lucide-react';
const icon = Check;
`;
  expect(withIconsAlone(code, files, '/lib')).toBe(
    `import Check from "/lib/icons/check.mjs"; import Bin from "/lib/icons/trash.mjs";
import type { LucideProps } from 'lucide-react';
const icon = Check;
`,
  );
});

test('an icon that there isn’t fails the build by its name', () => {
  expect(() => withIconsAlone("import { Chek } from 'lucide-react';", files, '/lib')).toThrow('Chek');
});
