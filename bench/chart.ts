import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Measurement } from './measure/figures.ts';

/** Bars for each contender of `bench:chat`, least work first. In a dark page the chart is dark. */

const panels = [
  { figure: 'CPU a call, 64 at once, ms', title: 'CPU a call, ms', digits: 2 },
  { figure: 'added to the first token, p50, ms', title: 'Added to the first token, ms', digits: 1 },
  { figure: 'CPU a chunk, 5 a read, µs', title: 'CPU a chunk, µs', digits: 1 },
  { figure: 'most memory, MiB', title: 'Most memory, MiB', digits: 0 },
];

const width = 820;
const panelWidth = 400;
const labelWidth = 150;
const barWidth = panelWidth - labelWidth - 60;
const rowHeight = 24;
const margin = { top: 40, between: 34 };

/** @param measurement of `bench:chat` */
export function chartOf({ subjects, machine }: Measurement): string {
  const names = Object.keys(subjects);
  const panelHeight = names.length * rowHeight + margin.between;
  const height = margin.top + Math.ceil(panels.length / 2) * panelHeight + 8;
  const drawn = panels.map(({ figure, title, digits }, at) => {
    const values = names.map((name) => subjects[name]?.[figure]?.median ?? 0);
    // Peers are up to a hundred times apart, which only a square root leaves readable.
    const most = Math.sqrt(Math.max(...values));
    const rows = names.map((name, row) => {
      const value = Math.max(0, values[row] ?? 0);
      const length = Math.max(2, (Math.sqrt(value) / most) * barWidth);
      const y = row * rowHeight + 16;
      const kind = row === 0 ? 'ours' : 'other';
      return [
        `<text class="name" x="${labelWidth - 8}" y="${y + 12}" text-anchor="end">${escaped(name)}</text>`,
        `<rect class="${kind}" x="${labelWidth}" y="${y}" width="${length.toFixed(1)}" height="16" rx="3"/>`,
        `<text class="value" x="${(labelWidth + length + 6).toFixed(1)}" y="${y + 12}">${value.toFixed(digits)}</text>`,
      ].join('');
    });
    const [x, y] = [(at % 2) * (panelWidth + 20), margin.top + Math.floor(at / 2) * panelHeight];
    return `<g transform="translate(${x} ${y})"><text class="title" x="${labelWidth}" y="4">${title}</text>${rows.join('')}</g>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(summary(subjects, names))}">
<style>
text { font: 12px system-ui, sans-serif; fill: #1f2328; }
.title { font-weight: 600; } .value { fill: #59636e; } .note { fill: #59636e; font-size: 11px; }
.ours { fill: #2563eb; } .other { fill: #afb8c1; }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3; } .value, .note { fill: #9198a1; } .ours { fill: #60a5fa; } .other { fill: #484f58; }
}
</style>
<text class="note" x="0" y="14">${escaped(machine)}. Shorter is better; lengths are square roots. Only Daypass meters.</text>
${drawn.join('\n')}
</svg>
`;
}

function summary(subjects: Measurement['subjects'], names: string[]): string {
  const parts = names.map((name) => {
    const milliseconds = subjects[name]?.['CPU a call, 64 at once, ms']?.median ?? Number.NaN;
    return `${name} ${milliseconds.toFixed(2)} ms`;
  });
  return `CPU a call: ${parts.join(', ')}`;
}

const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

if (import.meta.main) {
  const results = join(import.meta.dirname, 'results/chat.json');
  const file = join(import.meta.dirname, '../docs/chat-beside-others.svg');
  writeFileSync(file, chartOf(JSON.parse(readFileSync(results, 'utf8')) as Measurement));
  console.log(`Drawn: ${file}`);
}
