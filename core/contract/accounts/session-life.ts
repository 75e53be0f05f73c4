/** Users must log in again after this: the life of Cognito's refresh token, of the console's cookie and of the session's record. */
export const sessionSeconds = 30 * 86_400;
