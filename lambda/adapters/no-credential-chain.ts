/**
 * Stands in for `@aws-sdk/credential-provider-node` and `@aws-sdk/token-providers` in the bundles of functions. Every AWS
 * client imports them whatever credentials it is given, and with them SSO, STS, profiles and metadata services: 100 kB
 * that no function needs, since Lambda puts its credentials into the environment (aws-client.ts).
 */
function unavailable(): () => Promise<never> {
  return () => Promise.reject(new Error('functions take their credentials from the environment alone'));
}

export { unavailable as defaultProvider, unavailable as fromEnvSigningName, unavailable as nodeProvider };
