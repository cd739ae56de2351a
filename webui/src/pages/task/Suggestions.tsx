import { useState } from 'preact/hooks';
import type { RefObject } from 'preact';
import { people, type DispatchSuggestion } from '../../api/people';
import type { UserTaskDetail } from '../../api/types';
import { Loaded } from '../../components/Loaded';
import type { FormHandle } from '../../forms/handle';
import { useLoading } from '../../state/loading';
import { allowedIn, dispatchFields, filledWords, matterOf, type DispatchField } from './dispatching';

interface SuggestionsProps {
  task: UserTaskDetail;
  form: RefObject<FormHandle>;
}

function Suggestion({ suggestion, fields, said, onFill }: {
  suggestion: DispatchSuggestion;
  fields: DispatchField[];
  /** What came of it, if it was taken up last. */
  said: string;
  onFill: (field: DispatchField, ids: string[]) => void;
}) {
  const lead = fields.find((field) => !field.several);
  const several = fields.find((field) => field.several);
  const assistIds = suggestion.assist.map((each) => each.id);
  const severalIds = lead ? assistIds : [suggestion.department.id, ...assistIds];
  return (
    <li>
      <p>
        <b>{suggestion.department.name}</b>
        {suggestion.post && <span class="muted"> {suggestion.post.name}</span>}
      </p>
      {suggestion.assist.length > 0 && <p class="muted">配合：{suggestion.assist.map((each) => each.name).join('、')}</p>}
      {suggestion.grounds.slice(0, 2).map((ground) => (
        <p key={ground.matter} class="muted ground">
          依据：{ground.matter}
          {ground.line ? `（L${ground.line}）` : ''}
        </p>
      ))}
      <p class="suggestion-acts">
        {lead && (
          <button type="button" class="link" onClick={() => onFill(lead, [suggestion.department.id])}>
            填入“{lead.label}”
          </button>
        )}
        {several && allowedIn(several, severalIds).length > 0 && (
          <button type="button" class="link" onClick={() => onFill(several, severalIds)}>
            {lead ? `配合科室填入“${several.label}”` : `填入“${several.label}”`}
          </button>
        )}
      </p>
      <p class="muted" role="status">
        {said}
      </p>
    </li>
  );
}

/** 分办建议: where a task dispatches, the departments whose duties fit the matter, with the duties that say so. */
export function Suggestions(props: SuggestionsProps) {
  const fields = dispatchFields(props.task.form?.schema, props.task.variables);
  return fields.length ? <Suggested {...props} fields={fields} /> : null;
}

function Suggested({ task, form, fields }: SuggestionsProps & { fields: DispatchField[] }) {
  const matter = matterOf(task);
  const loading = useLoading(() => people.dispatch(matter), [matter]);
  const [filled, setFilled] = useState({ of: '', words: '' });
  const fill = (of: string, field: DispatchField, ids: string[]) => {
    const allowed = allowedIn(field, ids);
    // What nobody can choose must not empty what was chosen.
    const value = field.several ? allowed : (allowed[0] ?? '');
    const done = allowed.length > 0 && (form.current?.fill(field.key, value) ?? false);
    setFilled({ of, words: filledWords(field, allowed, done) });
  };
  return (
    <section class="aside-block" aria-label="分办建议">
      <h3>分办建议</h3>
      <Loaded of={loading}>
        {({ items }) =>
          items.length ? (
            <ul class="plain-list suggestions">
              {items.slice(0, 3).map((suggestion) => (
                <Suggestion
                  key={suggestion.department.id}
                  suggestion={suggestion}
                  fields={fields}
                  said={filled.of === suggestion.department.id ? filled.words : ''}
                  onFill={(field, ids) => fill(suggestion.department.id, field, ids)}
                />
              ))}
            </ul>
          ) : (
            <p class="muted">职责清单中没有相近的事项，请自行选择。</p>
          )
        }
      </Loaded>
    </section>
  );
}
