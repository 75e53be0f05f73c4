import { RetentionDays } from 'aws-cdk-lib/aws-logs';

/** How long logs are kept: of functions, of calls to the API and of the console's host. */
export const logRetention = RetentionDays.ONE_MONTH;
