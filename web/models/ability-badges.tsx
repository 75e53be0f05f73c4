import { Braces, Brain, FileText, Image, type LucideIcon, Wrench } from 'lucide-react';
import { Badge } from '../parts/badge.tsx';
import { type Ability, abilitiesOf, type ChatModel } from './model-facts.ts';
import { abilityWords } from './model-words.ts';

const icons: Record<Ability, LucideIcon> = {
  images: Image,
  documents: FileText,
  tools: Wrench,
  json: Braces,
  reasoning: Brain,
};

/** What a model can do besides text. */
export function AbilityBadges({ model }: { model: ChatModel }) {
  return abilitiesOf(model).map((ability) => <AbilityBadge key={ability} ability={ability} />);
}

function AbilityBadge({ ability }: { ability: Ability }) {
  const Icon = icons[ability];
  const { name, meaning } = abilityWords[ability]();
  return (
    <span title={meaning}>
      <Badge>
        <Icon aria-hidden className="size-3" />
        {name}
      </Badge>
    </span>
  );
}
