/** Outcomes that no call of a test brings about on the shared platform: which operations, which statuses and codes, why. */
const reasons: readonly [operations: RegExp, outcomes: RegExp, why: string][] = [
  [/./, /^gateway_timeout$/, 'a function would have to take 29 seconds'],
  [/./, /^rate_limit_exceeded$/, 'API Gateway throttles at thousands of calls a second'],
  [/./, /^internal_error$/, 'what nobody expects: test/e2e/broken-answers.test.ts'],
  [/./, /^(key|idempotency)_busy$/, 'a race: test/faults'],
  [/./, /^too_many_attempts$/, 'takes a user’s hour: test/e2e/accounts.test.ts'],
  [/./, /^ceiling_reached$/, 'would stop all other tests: test/e2e/limits.test.ts'],
  [
    /./,
    /^(domain_not_allowed|provider_login_required|sign_up_closed)$/,
    'only by other settings: test/e2e/other-settings.test.ts',
  ],
  [
    /^(sendFeedback|putProviderKey|getProviderKey|deleteProviderKey)$/,
    /^20\d$/,
    'only by other settings, as above',
  ],
  [/^register$/, /^email_taken$/, 'only without confirmation: test/e2e/other-settings.test.ts'],
  [/^(listRequests|listAllRequests)$/, /^not_found$/, 'only where no list is kept, as above'],
  [/^(getAllUsage|listProviderKeys)$/, /^not_found$/, 'of a user or a key that ends meanwhile'],
  [/^putProviderKey$/, /^key_ended$/, 'a race: test/faults'],
  [/./, /^user_suspended$/, 'a suspension ends tokens first: test/e2e/user-standing.test.ts'],
  [/./, /^awaiting_approval$/, 'only by other settings: test/e2e/user-standing.test.ts'],
  [
    /User|All|Any|Audit|Health|turnOff/,
    /^email_not_confirmed$/,
    'admins have confirmed theirs: test/e2e/admin.test.ts',
  ],
  [/^logout$/, /^invalid_refresh_token$/, 'of another app client alone'],
  [/^createConsoleChatCompletion$/, /^invalid_api_key$/, 'of a key that ends meanwhile'],
  [
    /^(createEmbedding|countMessageTokens)$/,
    /^context_length_exceeded$/,
    'the stand-in counts no such texts',
  ],
  [/./, /^provider_key_re(quired|fused)$/, 'only where callers bring keys: test/e2e/upstreams.test.ts'],
];

export function notProvoked(operation: string, outcome: string): string | undefined {
  return reasons.find(([operations, outcomes]) => operations.test(operation) && outcomes.test(outcome))?.[2];
}
