import * as fc from 'fast-check';
import { accentMistake, accentOf } from '../../../lib/site/accent.ts';
import { contrast, toHex, toOklch } from '../../../lib/site/oklch.ts';

const hex = fc
  .integer({ min: 0, max: 0xff_ff_ff })
  .map((number) => `#${number.toString(16).padStart(6, '0')}`);

test('a colour stays itself by way of OKLCH', () => {
  fc.assert(fc.property(hex, (colour) => expect(toHex(toOklch(colour))).toBe(colour)));
});

test('our own accent is one that would be taken', () => {
  expect(accentMistake('light', '#2d54c4')).toBeUndefined();
  expect(accentMistake('dark', '#93adff')).toBeUndefined();
});

test.each([
  ['light', '#ffd400', '1.3'],
  ['light', '#ffffff', '1.0'],
  ['dark', '#0000ff', '1.8'],
] as const)('in the %s theme %s can’t be read', (theme, colour, ratio) => {
  expect(accentMistake(theme, colour)).toMatch(
    new RegExp(`^must reach a contrast of 4\\.5:1 .+ and has ${ratio}:1; '#[0-9a-f]{6}' does$`),
  );
});

test('whatever the colour, either it can be read in both themes or the one that is named instead can', () => {
  fc.assert(
    fc.property(hex, (colour) => {
      const instead = /'(#[0-9a-f]{6})' does$/.exec(accentMistake('light', colour) ?? '')?.[1];
      const { light, dark } = accentOf(instead ?? colour);
      expect(accentMistake('light', light.accent)).toBeUndefined();
      expect(accentMistake('dark', dark.accent)).toBeUndefined();
      for (const { accent, strong, on, soft } of [light, dark]) {
        for (const ground of [accent, strong]) {
          expect(contrast(on, ground)).toBeGreaterThanOrEqual(4.5);
          expect(contrast(soft, ground)).toBeGreaterThanOrEqual(4.5);
        }
      }
      for (const ground of ['#ffffff', '#f6f7f9'])
        expect(contrast(light.accent, ground)).toBeGreaterThanOrEqual(4.5);
      for (const ground of ['#0e1014', '#1c2028'])
        expect(contrast(dark.accent, ground)).toBeGreaterThanOrEqual(4.5);
    }),
    { numRuns: 200 },
  );
});
