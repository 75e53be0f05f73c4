import type { Expectation } from '../referee.ts';

/** What JSON Schema allows and a rule of ours refuses, by what the refusal begins with after `400 invalid_request`. */
const refusedByRule: readonly (Pick<Expectation, 'where' | 'because'> & { words: string })[] = [
  {
    words: 'cursor cursor must be the nextCursor',
    because: 'a cursor is sealed: none that is made up is one of ours',
  },
  {
    words: 'from from must not be after to',
    because: 'JSON Schema compares no two parameters',
  },
  {
    where: /^GET \/v1\/requests$/,
    words: 'from from must be a date',
    because: 'the documented pattern takes days that no month has',
  },
  {
    where: /^(POST|PATCH) \/v1\/api-keys/,
    words: 'allowedHosts\\.\\d+ ',
    because: 'the rules of host names, with the way browsers write them, are more than a pattern',
  },
  {
    where: /^POST \/v1\/api-keys$/,
    words: 'models models names what is not in GET /v1/models',
    because: 'which models there are is for GET /v1/models to say',
  },
  {
    where: /^POST \/v1\/(api-keys|secrets)$/,
    words: 'expiresIn expiresIn must be',
    because: 'it takes durations, dates and times, whose rules are more than a pattern',
  },
  {
    where: /^(POST|PATCH) \/v1\/admin\/users/,
    words: 'endsAt endsAt must be in the future',
    because: 'JSON Schema does not know what time it is',
  },
  {
    where: /^PATCH \/v1\/admin\/users\/\{id\}$/,
    words: '(approved approved must be left out|limits limits must name|The body must change)',
    because: 'which fields go together is not told in the schema, so that it stays readable',
  },
  {
    where: /^PATCH \/v1\/me$/,
    words: 'spendWarnings This deployment sends no mail',
    because: 'it depends on the settings, and the deployment judged sends no mail',
  },
  {
    where: /^POST \/v1\/me\/password$/,
    words: 'newPassword newPassword must not be the current',
    because: 'JSON Schema compares no two fields',
  },
  {
    where: /^POST \/v1\/console\/chat\/completions$/,
    words: 'x-daypass-key-id x-daypass-key-id is missing',
    because: 'a header that is there but empty is a string to the schema; to us it is missing',
  },
  {
    where: /^POST \/v1\/(register|password\/reset)$/,
    words: '(email|code) \\w+ was refused by the directory',
    because: 'Cognito has limits of its own, such as 128 characters for a user name',
  },
];

const urlTooLong = 'CloudFront answers 413 to an address of more than 8,192 characters, on any route';

export const knownDeviations: readonly Expectation[] = [
  ...refusedByRule.map(({ words, where, because }) => ({
    rule: 'positive_data_acceptance',
    ...(where !== undefined && { where }),
    text: new RegExp(`: \\w+ 400 invalid_request ${words}`),
    because,
  })),
  {
    rule: 'positive_data_acceptance',
    text: /: POST 400 (wrong_password|invalid_code|weak_password) /,
    because: 'passwords and codes that are made up are wrong, or too weak',
  },
  {
    rule: 'unsupported_method',
    text: /: (TRACE|QUERY) 403$/,
    because: 'CloudFront lets neither method through to us',
  },
  {
    rule: 'unsupported_method',
    text: /: GET 403$/,
    because: 'the tool sends a body along, and CloudFront refuses a GET that has one; without, it is a 405',
  },
  {
    rule: 'negative_data_rejection',
    where: /^POST \/v1\/(password\/forgot|register|register\/resend)$/,
    text: /: POST 20[01]$/,
    because:
      'more than 64 characters before the @ fit the documented pattern: such mail merely arrives nowhere',
  },
  { rule: 'negative_data_rejection', text: /: GET 413$/, because: urlTooLong },
  { rule: 'status_code_conformance', text: /: GET 413$/, because: urlTooLong },
  {
    rule: 'not_a_server_error',
    where: /^POST \/v1\/feedback$/,
    text: /: POST 503 mail_not_set_up /,
    because: 'documented: the deployment judged has no mail set up, which is its operator’s choice',
  },
  {
    rule: 'error',
    where: /^(POST|PATCH) \/v1\/api-keys/,
    text: /unsupported regular expression/,
    because:
      'the tool can’t build names by a pattern with \\p{…}: those two routes are left out of its random requests',
  },
];
