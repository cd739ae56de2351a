import { useState } from 'preact/hooks';
import { user } from '../../state/session';
import { addPhrase, phrasesOf, removePhrase, withPhrase } from './phrases';

interface OpinionProps {
  value: string;
  onChange: (opinion: string) => void;
  problem: string;
  label?: string;
  /** Of its field, where a page shows two. */
  id?: string;
}

/** 办理意见, with 常用语 one click away. */
export function Opinion({ value, onChange, problem, label = '办理意见', id = 'opinion' }: OpinionProps) {
  const userId = user.value?.id ?? '';
  const [phrases, setPhrases] = useState(() => phrasesOf(userId));
  const canKeep = value.trim().length > 0 && !phrases.some((phrase) => phrase.text === value.trim());
  return (
    <section class="opinion">
      <label for={id} class="section-label">
        {label}
      </label>
      <div class="phrases" role="group" aria-label="常用语">
        {phrases.map((phrase) => (
          <span key={phrase.text} class="phrase">
            <button type="button" onClick={() => onChange(withPhrase(value, phrase.text))}>
              {phrase.text}
            </button>
            {phrase.own && (
              <button
                type="button"
                class="phrase-remove"
                aria-label={`删除常用语：${phrase.text}`}
                onClick={() => {
                  removePhrase(userId, phrase.text);
                  setPhrases(phrasesOf(userId));
                }}
              >
                ×
              </button>
            )}
          </span>
        ))}
        {canKeep && (
          <button
            type="button"
            class="phrase-keep"
            onClick={() => {
              addPhrase(userId, value);
              setPhrases(phrasesOf(userId));
            }}
          >
            ＋存为常用语
          </button>
        )}
      </div>
      <textarea
        id={id}
        class="input"
        rows={3}
        maxLength={2000}
        value={value}
        aria-invalid={Boolean(problem)}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
      {problem && (
        <p class="field-error" role="alert">
          {problem}
        </p>
      )}
    </section>
  );
}
