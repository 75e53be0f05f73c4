import { FileJson } from 'lucide-react';
import { isEnglish, t } from '../../language/t.ts';
import { LinkButton } from '../../parts/buttons/link-button.tsx';
import { Card } from '../../parts/card.tsx';
import { ErrorState } from '../../parts/error-state.tsx';
import { PageHeader } from '../../parts/page-header.tsx';
import { LoadingRows } from '../../parts/skeleton.tsx';
import { OperationList } from './list/operation-list.tsx';
import { openApiPath, useOpenApi } from './use-openapi.ts';

export function ReferenceScreen() {
  return (
    <>
      <PageHeader
        title={t('API reference')}
        description={
          <>
            {t(
              'Every call of this API, from its own OpenAPI document. Open one to read about it and try it.',
            )}
            {!isEnglish() && ` ${t('The descriptions are in English only.')}`}
          </>
        }
        actions={
          <LinkButton to={openApiPath} reloadDocument icon={<FileJson aria-hidden />}>
            {t('OpenAPI document')}
          </LinkButton>
        }
      />
      <Content />
    </>
  );
}

function Content() {
  const { data, error, isPending, isFetching, refetch } = useOpenApi();
  if (data !== undefined) {
    return <OperationList {...data} />;
  }
  return (
    <Card padded={false}>
      {isPending ? (
        <LoadingRows label={t('Loading the reference')} rows={8} />
      ) : (
        <ErrorState
          title={t('The reference could not be loaded')}
          error={error}
          onRetry={() => void refetch()}
          busy={isFetching}
        />
      )}
    </Card>
  );
}
