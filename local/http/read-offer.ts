import * as z from 'zod';
import type { ScreenFacts } from '../start/start-screen.ts';

const plans = z.object({
  data: z.array(z.object({ name: z.string(), requestsPerDay: z.number(), price: z.string() })),
});
const models = z.object({ data: z.array(z.object({ id: z.string() })).min(1) });

/**
 * Asks the running platform, as any client would, what it offers. It also proves that edge, gateway and
 * functions answer before the start screen says so.
 */
export async function readOffer(edgeUrl: string): Promise<Pick<ScreenFacts, 'plans' | 'modelName'>> {
  const [planList, modelList] = await Promise.all([
    readJson(`${edgeUrl}/v1/plans`, plans),
    readJson(`${edgeUrl}/v1/models`, models),
  ]);
  return { plans: planList.data, modelName: modelList.data[0]?.id ?? '' };
}

async function readJson<T>(url: string, schema: z.ZodType<T>): Promise<T> {
  const response = await fetch(url);
  const text = await response.text();
  if (!response.ok) throw new Error(`GET ${url} answered ${response.status}: ${text}`);
  return schema.parse(JSON.parse(text));
}
