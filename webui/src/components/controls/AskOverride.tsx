import { useState } from 'preact/hooks';
import { caseControls, type TaskControl } from '../../api/case-controls';
import { copies } from '../../api/correspondence';
import { people } from '../../api/people';
import type { Named } from '../../api/types';
import { roleNames } from '../../format/text';
import { useLoading } from '../../state/loading';
import { user } from '../../state/session';
import { useAct } from '../dialogs/useAct';
import { Loaded } from '../Loaded';
import { procedureDepartment } from './procedureDepartment';
import { holdersOf, requestNote, rolesIn } from './questions';

export interface OverridePlace {
  caseKey: string;
  taskKey: string;
  procedureId: string;
}

interface Deciders {
  roles: string[];
  holders: Named[];
}

async function decidersOf(controlId: string, procedureId: string): Promise<Deciders> {
  const [register, department, all] = await Promise.all([
    caseControls.register(),
    procedureDepartment(procedureId),
    people.roles(),
  ]);
  const control = register.items.find((each) => each.id === controlId);
  const roles = rolesIn(department, control?.overridableBy ?? []);
  return { roles, holders: holdersOf(roles, all.items).filter((person) => person.id !== user.value?.id) };
}

function Ask({ control, place, deciders }: { control: TaskControl; place: OverridePlace; deciders: Deciders }) {
  const [chosen, setChosen] = useState(deciders.holders[0]?.id ?? '');
  const [sent, setSent] = useState('');
  const act = useAct([]);
  const person = deciders.holders.find((each) => each.id === chosen);
  const send = async () => {
    if (!person) return;
    const body = { people: [person.id], kind: 'COPY' as const, taskKey: place.taskKey, note: requestNote(control) };
    if (await act.run((key) => copies.send(place.caseKey, body, key))) setSent(person.name);
  };
  if (sent) return <p role="status">已送请{sent}审批例外。批准后请再提交。</p>;
  return (
    <>
      <p>确有紧急情况的，可以请{roleNames(deciders.roles).join('、')}批准例外：</p>
      {deciders.holders.length ? (
        <>
          <div class="ask-people" role="radiogroup" aria-label="请谁批准">
            {deciders.holders.map((each) => (
              <label key={each.id} class="choice">
                <input
                  type="radio"
                  name={`ask-${control.id}`}
                  checked={each.id === chosen}
                  onChange={() => setChosen(each.id)}
                />
                <span>{each.name}</span>
              </label>
            ))}
          </div>
          <button type="button" class="button" disabled={act.busy} onClick={() => void send()}>
            送请批准例外
          </button>
          {act.problems.rest && (
            <p class="dialog-error" role="alert">
              {act.problems.rest}
            </p>
          )}
        </>
      ) : (
        <p class="muted">目前没有可以批准的人员。</p>
      )}
    </>
  );
}

/** 应急例外: who may let it pass, and sending them the case with the request. */
export function AskOverride({ control, place }: { control: TaskControl; place: OverridePlace }) {
  const loading = useLoading(() => decidersOf(control.id, place.procedureId), [control.id, place.procedureId]);
  return (
    <div class="ask-override">
      <Loaded of={loading}>{(deciders) => <Ask control={control} place={place} deciders={deciders} />}</Loaded>
    </div>
  );
}
