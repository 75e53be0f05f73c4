import { useEffect, useState } from 'react';
import { type PartingWord, partingWord } from '../../account/parting-word.ts';
import { Alert } from '../../parts/alert.tsx';

const words: Record<PartingWord, string> = {
  confirmed: 'Your address is confirmed. Log in to continue.',
  'password-set': 'Your new password is set. Log in with it.',
  'logged-out-everywhere': 'You are logged out on every device.',
  deleted: 'Your account has been deleted, with its keys and usage.',
};

/** Shown once. */
export function PartingNotice() {
  const [word] = useState(partingWord.read);
  useEffect(() => partingWord.forget(), []);
  return word !== undefined && <Alert tone="success">{words[word]}</Alert>;
}
