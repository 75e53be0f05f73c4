import { Search } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { t } from '../../language/t.ts';
import { Button } from '../buttons/button.tsx';
import { TextField } from './text-field.tsx';

interface SearchFormProps {
  label: string;
  /** What is searched for now. */
  value: string;
  onSearch: (text: string) => void;
}

/** Searches on submit: every search is a call. Give it `key={value}` where something else may change the value. */
export function SearchForm({ label, value, onSearch }: SearchFormProps) {
  const [text, setText] = useState(value);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSearch(text.trim());
  };
  return (
    <search className="w-full sm:w-auto">
      <form onSubmit={submit} className="flex items-end gap-2">
        <div className="min-w-0 flex-1 sm:w-64">
          <TextField
            type="search"
            label={label}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        </div>
        <Button type="submit" icon={<Search aria-hidden />}>
          {t('Search')}
        </Button>
      </form>
    </search>
  );
}
