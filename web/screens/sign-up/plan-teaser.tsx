import { usePlans } from '../../shell/use-plans.ts';

/** Sums up the plans where there is no room for the panel beside the form. */
export function PlanTeaser() {
  const plans = usePlans();
  const offered = plans.data?.data.filter(({ selfService }) => selfService) ?? [];
  if (offered.length === 0) return null;
  const daily = offered.map(({ requestsPerDay }) => requestsPerDay);
  const prices = [...new Set(offered.map(({ price }) => price))];
  return (
    <span className="lg:hidden">
      {' '}
      Plans: {rangeWords(Math.min(...daily), Math.max(...daily))} requests a day
      {prices.length === 1 && `, ${prices[0]?.toLowerCase()}`}.
    </span>
  );
}

function rangeWords(least: number, most: number): string {
  const words = [least, most].map((count) => count.toLocaleString('en'));
  return least === most ? `${words[0]}` : words.join(' to ');
}
