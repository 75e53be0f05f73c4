import { t } from '../../../language/t.ts';

/** What alarms say, which is English in CloudWatch, by the end of their name. A test holds them to the stack. */
const wordsByAlarm: Readonly<Record<string, () => string>> = {
  ServerErrors: () => t('API answers 5xx'),
  ChatErrors: () => t('A chat function crashes'),
  ChatThrottles: () => t('A chat function has no room'),
  TableThrottles: () => t('The table throttles'),
  ReconcilerErrors: () => t('The reconciler crashes, or does not run'),
  Parked: () => t('A repair needs an operator'),
  Metering: () => t('Calls could not be settled'),
  ModelFailures: () => t('Models fail or are overloaded'),
  SignUpSpike: () => t('Unusually many people sign up'),
  SpendAnomaly: () => t('Spend is far above what is usual at this hour'),
  SpendNear: () => t('Spend is at 80% of the ceiling'),
  SpendReached: () => t('Spend has reached the ceiling'),
};

/** Undefined of an alarm that this build of the console doesn't know. */
export function alarmWords(name: string): string | undefined {
  return wordsByAlarm[name.slice(name.lastIndexOf('-') + 1)]?.();
}
