import { providerOf } from '../../account/providers.ts';
import { t } from '../../language/t.ts';
import { PageHeader } from '../../parts/page-header.tsx';
import { ProviderKeysCard } from '../../provider-keys/provider-keys-card.tsx';
import { useConsole } from '../../shell/console-context.ts';
import { useMe } from '../../shell/session/use-me.ts';
import { AppearanceCard } from './appearance-card.tsx';
import { AuthenticatorCard } from './authenticator-card.tsx';
import { ChangePasswordCard } from './change-password-card.tsx';
import { DeleteAccountCard } from './delete-account-card.tsx';
import { PasskeysCard } from './passkeys-card.tsx';
import { ProfileCard } from './profile-card.tsx';
import { SessionsCard } from './sessions-card.tsx';
import { SpendWarningsCard } from './spend-warnings-card.tsx';

export function SettingsScreen() {
  const me = useMe();
  const { logIn } = useConsole().config;
  const hasPassword = logIn.passwords === 'on' && providerOf(logIn, me.data?.email ?? '') === undefined;
  return (
    <>
      <PageHeader title={t('Settings')} description={t('Your profile, password and account.')} />
      <div className="flex max-w-3xl flex-col gap-6">
        <ProfileCard me={me} />
        <ProviderKeysCard
          description={t(
            'Your own keys for the providers of models. Calls with any of your keys use them, and you pay the provider. A key of yours can have its own, on its page.',
          )}
        />
        <AppearanceCard />
        {typeof me.data?.spendWarnings === 'boolean' && (
          <SpendWarningsCard email={me.data.email} wanted={me.data.spendWarnings} />
        )}
        {hasPassword && <ChangePasswordCard email={me.data?.email} />}
        {hasPassword && logIn.authenticator === 'on' && <AuthenticatorCard />}
        {hasPassword && logIn.passkeys === 'on' && <PasskeysCard />}
        <SessionsCard />
        <DeleteAccountCard email={me.data?.email} />
      </div>
    </>
  );
}
