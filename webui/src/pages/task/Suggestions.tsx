import { useState } from 'preact/hooks';
import type { RefObject } from 'preact';
import { people, type DispatchSuggestion } from '../../api/people';
import type { UserTaskDetail } from '../../api/types';
import { Loaded } from '../../components/Loaded';
import type { FormHandle } from '../../forms/handle';
import { useLoading } from '../../state/loading';
import { dispatchFields, matterOf, type DispatchField } from './dispatching';

interface SuggestionsProps {
  task: UserTaskDetail;
  form: RefObject<FormHandle>;
}

function Suggestion({ suggestion, fields, onFill }: {
  suggestion: DispatchSuggestion;
  fields: DispatchField[];
  onFill: (field: DispatchField, ids: string[]) => void;
}) {
  const lead = fields.find((field) => !field.several);
  const several = fields.find((field) => field.several);
  const assistIds = suggestion.assist.map((each) => each.id);
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
        {several && (
          <button
            type="button"
            class="link"
            onClick={() => onFill(several, lead ? assistIds : [suggestion.department.id, ...assistIds])}
          >
            {lead ? `配合科室填入“${several.label}”` : `填入“${several.label}”`}
          </button>
        )}
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
  const [filled, setFilled] = useState('');
  const fill = (field: DispatchField, ids: string[]) => {
    const allowed = ids.filter((id) => field.offered.includes(id));
    const done = form.current?.fill(field.key, field.several ? allowed : (allowed[0] ?? '')) ?? false;
    setFilled(done && allowed.length ? `已填入“${field.label}”。` : `“${field.label}”没有这个选项，请自行选择。`);
  };
  return (
    <section class="aside-block" aria-label="分办建议">
      <h3>分办建议</h3>
      <Loaded of={loading}>
        {({ items }) =>
          items.length ? (
            <ul class="plain-list suggestions">
              {items.slice(0, 3).map((suggestion) => (
                <Suggestion key={suggestion.department.id} suggestion={suggestion} fields={fields} onFill={fill} />
              ))}
            </ul>
          ) : (
            <p class="muted">职责清单中没有相近的事项，请自行选择。</p>
          )
        }
      </Loaded>
      <p class="muted" role="status">
        {filled}
      </p>
    </section>
  );
}
