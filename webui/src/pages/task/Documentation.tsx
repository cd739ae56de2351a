import type { Documentation as Parts } from '../../api/types';
import { documentationParts } from '../../format/text';

/** 原文, 依据, 说明, 异常 of a step: why it is done this way. */
interface DocumentationProps {
  documentation: Parts | string | null;
  title: string;
}

export function Documentation({ documentation, title }: DocumentationProps) {
  const parts = documentationParts(documentation);
  if (!parts.length) return null;
  return (
    <details class="documentation" open>
      <summary>{title}</summary>
      <dl>
        {parts.map(([label, text]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
