/** What the examples of all routes are about: one user, one key, one day. None of the secrets is one. */
export const at = '2026-11-22T12:00:00.000Z';
export const inAMinute = '2026-11-22T12:01:00.000Z';
export const tomorrow = '2026-11-23T00:00:00.000Z';
export const inADay = '2026-11-23T12:00:00.000Z';
export const today = '2026-11-22';
/** In seconds since 1970, as OpenAI's shapes have it. */
export const atSeconds = 1_795_348_800;

export const email = 'ada@example.com';
export const password = 'Correct-Horse-7';
export const code = '123456';
export const userId = '2600718e-ddd4-4027-8094-55e2628adfcd';
export const adminId = '51a227e3-85fc-4685-8697-cd87b17103ff';
export const keyId = 'key_01m8j8dcjc41j0d8e332fyvqyk';
export const secret = `dpk${'0123456789'.repeat(3)}abcdwxyz`;
export const token = 'eyJraWQiOiJ0b2tlbiJ9.eyJzdWIiOiIyNjAwNzE4ZSJ9.c2lnbmF0dXJl';
export const refreshToken = 'BX9Uzrk0FQpMZ2zXRW7eLKwVy3';
export const registration = 'reg_MPxlYD94s8dc5eQ8odbesaOaRIbj5Fp1';
export const sessionId = 'ses_3hq7v0dq4m2k';
export const passkeyId = 'AZ0c3Fq1bVJ8w6t2';
export const messageId = 'sec_qrm4v8yevarwndan9fzqp130eg';
export const receipt = 'rcp_tfw8mqepbdf0g81bd8afv50rfd';
export const requestId = 'S4mpleRequestId=';
export const plan = '10-per-day';
export const model = 'nova-lite';
/** Counts the tokens of requests, which Amazon's models don't. */
export const countingModel = 'claude-haiku-4-5';
export const embeddingModel = 'titan-embed-text-v2';
export const prompt = 'Say hello in five languages.';
export const hello = 'Hello! Hola! Bonjour! Hallo! Ciao!';
