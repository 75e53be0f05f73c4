import { accountPath } from '../../account/account-path.ts';
import { ProviderButtons } from '../../account/provider-buttons.tsx';
import { useCarried } from '../../account/use-carried.ts';
import { countWords } from '../../language/number-words.ts';
import { T } from '../../language/rich-text.tsx';
import { t } from '../../language/t.ts';
import { priceWithinSentence } from '../../limit-words.ts';
import { TextLink } from '../../parts/buttons/text-link.tsx';
import { AccountCard } from '../../shell/account-card.tsx';
import { useConsole } from '../../shell/console-context.ts';
import { usePlans } from '../../shell/use-plans.ts';
import { SignUpForm } from './sign-up-form.tsx';

export function SignUpScreen() {
  const { next } = useCarried();
  const { passwords } = useConsole().config.logIn;
  return (
    <AccountCard
      title={t('Create an account')}
      description={<PlanTeaser />}
      footer={
        <T
          text="Have an account? <a>Log in</a>"
          a={(words) => <TextLink to={accountPath('/sign-in', { next })}>{words}</TextLink>}
        />
      }
    >
      {passwords === 'on' ? (
        <div className="flex flex-col gap-4">
          <ProviderButtons next={next} />
          <SignUpForm />
        </div>
      ) : (
        <ProviderButtons next={next} />
      )}
    </AccountCard>
  );
}

/** Sums up the plans where there is no room for the panel beside the form. */
function PlanTeaser() {
  const plans = usePlans();
  const offered = plans.data?.data.filter(({ selfService }) => selfService) ?? [];
  if (offered.length === 0) return null;
  const daily = offered.map(({ requestsPerDay }) => requestsPerDay);
  const range = rangeWords(Math.min(...daily), Math.max(...daily));
  const prices = [...new Set(offered.map(({ price }) => price))];
  return (
    <span className="lg:hidden">
      {prices.length === 1
        ? t('Plans: {range} requests a day, {price}.', {
            range,
            price: priceWithinSentence(prices[0] ?? ''),
          })
        : t('Plans: {range} requests a day.', { range })}
    </span>
  );
}

function rangeWords(least: number, most: number): string {
  return least === most
    ? countWords(least)
    : t('{least} to {most}', { least: countWords(least), most: countWords(most) });
}
