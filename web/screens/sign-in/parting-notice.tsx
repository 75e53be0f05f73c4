import { useEffect, useState } from 'react';
import { type PartingWord, partingWord } from '../../account/parting-word.ts';
import { Alert } from '../../parts/alert.tsx';

const words: Record<PartingWord, string> = {
  confirmed: 'Your address is confirmed. Log in to go on.',
  'password-set': 'Your new password is set. Log in with it.',
  'logged-out-everywhere': 'You are logged out on every device.',
  deleted: 'Your account is deleted, with its keys and usage.',
};

/** Said once: not again after the next visit. */
export function PartingNotice() {
  const [word] = useState(partingWord.read);
  useEffect(() => partingWord.forget(), []);
  return word !== undefined && <Alert tone="success">{words[word]}</Alert>;
}
