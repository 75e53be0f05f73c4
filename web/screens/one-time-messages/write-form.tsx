import { zodResolver } from '@hookform/resolvers/zod';
import { Link } from 'lucide-react';
import { Controller, useForm } from 'react-hook-form';
import * as z from 'zod';
import { messageLife } from '../../../core/contract/one-time-messages.ts';
import { showRefusal } from '../../form-errors.ts';
import { t } from '../../language/t.ts';
import { mostSealableBytes } from '../../one-time-messages/sealed-message.ts';
import { useWriteMessage, type WrittenMessage } from '../../one-time-messages/use-write-message.ts';
import { Alert } from '../../parts/alert.tsx';
import { Button } from '../../parts/buttons/button.tsx';
import { ChoiceRow } from '../../parts/forms/choice-row.tsx';
import { TextArea } from '../../parts/forms/text-area.tsx';

const lives = ['1h', messageLife.usual, messageLife.longest] as const;

const lifeOptions = () => {
  const words = { '1h': t('An hour'), [messageLife.usual]: t('A day'), [messageLife.longest]: t('A week') };
  return lives.map((value) => ({ value, label: words[value] }));
};

const sizeOf = (text: string) => new TextEncoder().encode(text).length;
const kilobytes = Math.floor(mostSealableBytes / 1000);

const form = z.object({
  message: z
    .string()
    .refine((text) => text.trim() !== '', { error: () => t('Write a message first.') })
    .refine((text) => sizeOf(text) <= mostSealableBytes, {
      error: () => t('This is too long: a message may have {kilobytes} kB.', { kilobytes }),
    }),
  expiresIn: z.enum(lives),
});

export function WriteForm({ onWritten }: { onWritten: (written: WrittenMessage) => void }) {
  const write = useWriteMessage();
  const { register, control, handleSubmit, setError, formState } = useForm({
    resolver: zodResolver(form),
    defaultValues: { message: '', expiresIn: messageLife.usual },
  });
  const { errors } = formState;
  const submit = handleSubmit(async ({ message: text, expiresIn }) => {
    try {
      onWritten(await write.mutateAsync({ text, expiresIn }));
    } catch (error) {
      showRefusal(error, setError, ['message']);
    }
  });
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-5">
      {errors.root?.message !== undefined && <Alert tone="danger">{errors.root.message}</Alert>}
      <TextArea
        label={t('Message')}
        rows={6}
        autoComplete="off"
        spellCheck={false}
        error={errors.message?.message}
        {...register('message')}
      />
      <Controller
        control={control}
        name="expiresIn"
        render={({ field }) => (
          <ChoiceRow
            label={t('Waits for its reader')}
            options={lifeOptions()}
            value={field.value}
            onChange={field.onChange}
          />
        )}
      />
      <div>
        <Button type="submit" variant="primary" icon={<Link aria-hidden />} busy={formState.isSubmitting}>
          {t('Create link')}
        </Button>
      </div>
    </form>
  );
}
