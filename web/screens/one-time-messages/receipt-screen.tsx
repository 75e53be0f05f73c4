import { useState } from 'react';
import { useLocation, useParams } from 'react-router';
import { t } from '../../language/t.ts';
import { ReceiptView } from '../../one-time-messages/receipt-view.tsx';
import { Card } from '../../parts/card.tsx';
import { DocumentTitle } from '../../parts/document-title.tsx';

export function ReceiptScreen() {
  const { id = '' } = useParams();
  const [receipt] = useState(useLocation().hash.slice(1));
  return (
    <section>
      <DocumentTitle>{t('Receipt')}</DocumentTitle>
      <h1 tabIndex={-1} className="font-semibold text-2xl tracking-tight">
        {t('Your one-time message')}
      </h1>
      <p className="mt-1.5 mb-6 text-ink-soft">
        {t(
          'What became of it. Whoever has this page’s address can burn the message, and nobody can read it here.',
        )}
      </p>
      <Card>
        <ReceiptView id={id} receipt={receipt} />
      </Card>
    </section>
  );
}
