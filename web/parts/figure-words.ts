/** A wait, always rounded up: `5 h 12 min`, `40 s`. */
export function waitWords(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  if (whole < 60) return `${whole} s`;
  const minutes = Math.ceil(whole / 60);
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return rest === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${rest} min`;
}

/** A duration: `0.42 s`, `12.3 s`, `2 min 5 s`. */
export function tookWords(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 10) return `${seconds.toFixed(2)} s`;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** US dollars, with enough digits for small amounts: `$0.000042`, `$1.25`. */
export function dollarWords(dollars: number): string {
  if (dollars === 0) return '$0';
  const digits = dollars >= 1 ? 2 : Math.min(9, 1 - Math.floor(Math.log10(dollars)));
  return `$${dollars.toFixed(Math.max(2, digits))}`;
}

/** For a column: the same number of digits in every row, so that they line up. */
export function dollarColumn(cost: number): string {
  if (cost > 0 && cost < 1e-6) return '< $0.000001';
  return `$${cost.toLocaleString('en', { minimumFractionDigits: 6, maximumFractionDigits: 6 })}`;
}

export const countWords = (count: number): string => count.toLocaleString('en');

/** As file managers show it: `1 byte`, `64 kB`, `1.2 MB`. */
export function sizeWords(bytes: number): string {
  if (bytes < 1000) return bytes === 1 ? '1 byte' : `${bytes} bytes`;
  if (bytes < 999_500) return `${Math.round(bytes / 1000)} kB`;
  return `${Number((bytes / 1e6).toFixed(1))} MB`;
}
