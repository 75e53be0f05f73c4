import type { RuntimeUrls } from '../runtime.ts';
import type { DeployedStack } from '../template/deploy.ts';

export interface ScreenFacts {
  urls: RuntimeUrls;
  stack: DeployedStack;
  model: string;
  plans: readonly { name: string; requestsPerDay: number; price: string }[];
  /** A model's public name, for the examples. */
  modelName: string;
  startedInMs: number;
}

/** What a new user sees: where everything is, and what to paste next. */
export function startScreen(
  { urls, model, plans, modelName, startedInMs }: ScreenFacts,
  colours: boolean,
): string {
  const bold = (text: string) => (colours ? `\u001b[1m${text}\u001b[0m` : text);
  const dim = (text: string) => (colours ? `\u001b[2m${text}\u001b[0m` : text);
  const row = (name: string, value: string, remark = '') =>
    `  ${name.padEnd(14)}${value}${remark === '' ? '' : `  ${dim(remark)}`}`;
  const width = Math.max(...plans.map((plan) => plan.name.length));
  return `
${bold('Daypass is running')} ${dim(`(ready in ${(startedInMs / 1000).toFixed(1)} s; Ctrl-C ends it)`)}

${row('Console, API', urls.edge, 'API under /v1')}
${row('API Gateway', urls.stage, 'the stage, for calls with x-api-key')}
${row('AWS', urls.aws, 'for the AWS CLI and SDKs, see docs/local-runtime.md')}
${row('Metrics', `${urls.edge}/_local/metrics`, 'what the dashboard shows, and alarms')}
${row('Mail', `${urls.edge}/_local/mail`, 'sign-up codes also appear below')}
${row('Answers from', model)}

  Plans
${plans.map((plan) => `    ${plan.name.padEnd(width)}  ${plan.requestsPerDay} requests a day, ${plan.price}`).join('\n')}

${bold('Try it')}  ${dim('npm run demo walks through all of this')}

  1. Sign up; the code appears in this window
     curl -s ${urls.edge}/v1/register -H 'content-type: application/json' \\
       -d '{"email":"you@example.com","password":"Choose-Your-0wn"}'
     curl -s ${urls.edge}/v1/register/confirm -H 'content-type: application/json' \\
       -d '{"email":"you@example.com","code":"CODE"}'

  2. Log in and make a key; it is shown once
     TOKEN=$(curl -s ${urls.edge}/v1/login -H 'content-type: application/json' \\
       -d '{"email":"you@example.com","password":"Choose-Your-0wn"}' | node -pe 'JSON.parse(fs.readFileSync(0)).token')
     curl -s ${urls.edge}/v1/api-keys -H "authorization: Bearer $TOKEN" -H 'content-type: application/json' \\
       -d '{"name":"first","plan":"${plans[0]?.name ?? ''}"}'

  3. Chat, streamed
     curl -N ${urls.stage}/v1/chat/completions -H 'x-api-key: KEY' -H 'content-type: application/json' \\
       -d '{"model":"${modelName}","stream":true,"messages":[{"role":"user","content":"Hello"}]}'

     ${dim('or with the OpenAI client')}
     import OpenAI from 'openai';
     const client = new OpenAI({ baseURL: '${urls.edge}/v1', apiKey: 'KEY' });
     const stream = await client.chat.completions.create({
       model: '${modelName}', stream: true, messages: [{ role: 'user', content: 'Hello' }],
     });
     for await (const chunk of stream) process.stdout.write(chunk.choices[0]?.delta.content ?? '');
`;
}
