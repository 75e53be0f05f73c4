import { Download } from 'lucide-react';
import { Button } from '../../parts/buttons/button.tsx';
import { downloadText } from '../../parts/download-text.ts';
import { usageCsv, usageFileName } from './usage-csv.ts';
import type { UsageView } from './use-usage-view.ts';

export function UsageExport({ view: { rows, range, keyId } }: { view: UsageView }) {
  return (
    <Button
      icon={<Download aria-hidden />}
      onClick={() => downloadText(usageFileName(range, keyId), usageCsv(rows))}
    >
      Export CSV
    </Button>
  );
}
