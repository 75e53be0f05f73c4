import type { ShownAlarm } from '../aws/cloudwatch/cloudwatch.ts';
import type { ShownSeries, ShownWidget } from '../aws/cloudwatch/dashboard.ts';
import { asHtml, machinePage } from './local-page.ts';
import { type Runbook, runbookOf } from './runbooks-page.ts';

export interface ShownMetrics {
  alarms: readonly ShownAlarm[];
  dashboards: readonly { name: string; widgets: readonly ShownWidget[] }[];
}

/** The deployment's dashboard with what was measured on this machine in the last three hours. */
export function metricsPage({ alarms, dashboards }: ShownMetrics, runbooks: readonly Runbook[]): string {
  const byName = new Map(alarms.map((alarm) => [alarm.name, alarm]));
  const alarmRows = (names: readonly string[]) =>
    names.map((name) => alarmRow(name, byName.get(name), runbookOf(name, runbooks)));
  const content = dashboards
    .map(
      ({ name, widgets }) =>
        `<h2>${asHtml(name)}</h2>\n${widgets.map((one) => section(one, alarmRows)).join('\n')}`,
    )
    .join('\n');
  return machinePage({
    title: 'Metrics · Daypass',
    style: `  :root { --line: color-mix(in srgb, currentColor 18%, transparent); }
  body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
  h2 { font-size: 1.1rem; margin-top: 2rem; } h3 { font-size: 1rem; margin: 0 0 .5rem; }
  main { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); }
  main > h2, main > .wide { grid-column: 1 / -1; }
  section { border: 1px solid var(--line); border-radius: .5rem; padding: 1rem; min-width: 0; }
  table { border-collapse: collapse; width: 100%; font-size: .875rem; }
  td { padding: .25rem .5rem .25rem 0; border-top: 1px solid var(--line); overflow-wrap: anywhere; }
  td.value { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
  td.chart { width: 9rem; } svg { display: block; width: 9rem; height: 1.5rem; } rect { fill: currentColor; opacity: .55; }
  .meta, .empty { opacity: .75; font-size: .875rem; margin: .25rem 0; }
  .alarm { font-weight: 600; } pre { white-space: pre-wrap; font-size: .8rem; margin: 0; overflow-wrap: anywhere; }`,
    body: `<h1>Metrics of this machine</h1>
<p class="meta">What the dashboard shows in CloudWatch, of the last three hours. Reload for newer figures; they end with the runtime.</p>
<main>
${content === '' ? '<p class="empty">This deployment has no dashboard.</p>' : content}
</main>`,
  });
}

function section(widget: ShownWidget, alarmRows: (names: readonly string[]) => string[]): string {
  const title = `<h3>${asHtml(widget.title)}</h3>`;
  if (widget.kind === 'text')
    return `<section class="wide">${title}<p class="meta">${asHtml(widget.text)}</p></section>`;
  if (widget.kind === 'query')
    return `<section>${title}<p class="meta">A query over the log groups, in CloudWatch Logs Insights.</p><pre>${asHtml(widget.query)}</pre></section>`;
  const rows = widget.kind === 'alarms' ? alarmRows(widget.names) : widget.series.map(seriesRow);
  const table = rows.length === 0 ? '<p class="empty">Nothing yet.</p>' : `<table>${rows.join('')}</table>`;
  return `<section${widget.kind === 'alarms' ? ' class="wide"' : ''}>${title}${table}</section>`;
}

function alarmRow(name: string, alarm: ShownAlarm | undefined, runbook: string | undefined): string {
  const shownName = runbook === undefined ? asHtml(name) : `<a href="${runbook}">${asHtml(name)}</a>`;
  const about =
    alarm?.description === undefined ? '' : `<div class="meta">${asHtml(alarm.description)}</div>`;
  const state = alarm?.state ?? 'INSUFFICIENT_DATA';
  const isFiring = state === 'ALARM';
  return `<tr${isFiring ? ' class="alarm"' : ''}><td>${shownName}${about}</td><td>${state}</td><td>${asHtml(alarm?.reason ?? '')}</td></tr>`;
}

function seriesRow({ label, statistic, value, points }: ShownSeries): string {
  const shown = value === undefined ? '–' : figure(value);
  return `<tr><td>${asHtml(label)}</td><td class="chart">${bars(points)}</td><td class="value">${shown} <span class="meta">${asHtml(statistic)}</span></td></tr>`;
}

function bars(points: readonly (number | undefined)[]): string {
  const most = Math.max(...points.map((point) => point ?? 0));
  if (most <= 0) return '';
  const shapes = points.map((point = 0, at) => {
    const height = (24 * point) / most;
    return height <= 0
      ? ''
      : `<rect x="${at * 4}" y="${(24 - height).toFixed(1)}" width="3" height="${height.toFixed(1)}"/>`;
  });
  return `<svg viewBox="0 0 144 24" preserveAspectRatio="none" aria-hidden="true">${shapes.join('')}</svg>`;
}

/** Three digits that count, as in `0.00123` and `1,230`. */
const figure = (value: number) =>
  value.toLocaleString('en', { maximumSignificantDigits: value < 1000 ? 3 : 12 });
