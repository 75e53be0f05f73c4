const quoteLimit = 240;

export const quote = (message: string): string[] =>
  clip(message.toWellFormed(), quoteLimit)
    .split(/\r\n|\r|\n/)
    .map((line) => `> ${line}`.trimEnd());

export function clip(text: string, limit: number): string {
  const characters = [...text];
  return characters.length <= limit ? text : `${characters.slice(0, limit).join('')}…`;
}

export const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
