import type { adminRoutes } from '../../../../core/contract/admin/admin-routes.ts';
import type { AnswerOf } from '../../../api.ts';
import { t } from '../../../language/t.ts';

export type MailToUser = AnswerOf<typeof adminRoutes.changeUser>['mail'];

/** For a toast: whether the user learns of a change by mail. */
export function mailWords(mail: MailToUser): { description?: string } {
  switch (mail) {
    case 'queued':
      return { description: t('They are told by mail within minutes.') };
    case 'off':
      return { description: t('They are not told by mail: this deployment sends none.') };
    case 'none':
      return {};
  }
}
