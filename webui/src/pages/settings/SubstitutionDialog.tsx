import { useState } from 'preact/hooks';
import { substitutions } from '../../api/own';
import type { Named, ProcedureDepartment } from '../../api/types';
import { ActForm } from '../../components/dialogs/ActForm';
import { Dialog } from '../../components/dialogs/Dialog';
import { Choices, ReasonField, required } from '../../components/dialogs/fields';
import { PersonPicker } from '../../components/dialogs/PersonPicker';
import { useAct } from '../../components/dialogs/useAct';
import { MomentField } from '../../components/fields/MomentField';
import { TickPicker } from '../../components/fields/TickPicker';
import { localMoment, today, zonedMoment } from '../../format/moments';
import { user } from '../../state/session';

interface SubstitutionDialogProps {
  departments: readonly ProcedureDepartment[];
  /** Heads of departments and administrators also grant for others. */
  forOthers: boolean;
  onClose: () => void;
  onDone: (said: string) => void;
}

const FIELDS = ['principal', 'substitute', 'startsAt', 'endsAt', 'procedures', 'reason'];
const WEEK = 7 * 86_400_000;

/** 新建离岗委托: who is away, who stands in, from when to when, in which procedures, why. */
export function SubstitutionDialog({ departments, forOthers, onClose, onDone }: SubstitutionDialogProps) {
  const [whose, setWhose] = useState<'own' | 'other'>('own');
  const [principal, setPrincipal] = useState<Named[]>([]);
  const [substitute, setSubstitute] = useState<Named[]>([]);
  const [startsAt, setStartsAt] = useState(() => localMoment(Date.now()));
  const [endsAt, setEndsAt] = useState(() => `${today(Date.now() + WEEK)}T18:00`);
  const [scope, setScope] = useState<'all' | 'some'>('all');
  const [procedures, setProcedures] = useState<string[]>([]);
  const [reason, setReason] = useState('');
  const act = useAct(FIELDS);
  const { fields } = act.problems;
  const away = whose === 'own' ? user.value?.id : principal[0]?.id;

  const wrong = () => ({
    principal: whose === 'own' || principal.length ? '' : '请选择离岗人员。',
    substitute: substitute.length ? '' : '请选择受托人。',
    startsAt: zonedMoment(startsAt) ? '' : '请填写开始的日期和时间。',
    endsAt: !zonedMoment(endsAt) ? '请填写结束的日期和时间。' : endsAt > startsAt ? '' : '结束时间应晚于开始时间。',
    procedures: scope === 'all' || procedures.length ? '' : '请至少选择一个流程。',
    reason: required(reason, '请写明事由。'),
  });
  const submit = async () => {
    const body = {
      substitute: substitute[0]?.id ?? '',
      startsAt: zonedMoment(startsAt),
      endsAt: zonedMoment(endsAt),
      procedures: scope === 'all' ? null : procedures,
      reason: reason.trim(),
      ...(whose === 'other' && { principal: principal[0]?.id ?? '' }),
    };
    if (await act.run((key) => substitutions.grant(body, key), wrong())) {
      onDone(`已委托${substitute[0]?.name ?? ''}。`);
    }
  };

  return (
    <Dialog title="新建离岗委托" wide onClose={onClose}>
      <ActForm act={act} submit="确认委托" onSubmit={() => void submit()} onClose={onClose}>
        {forOthers && (
          <Choices
            label="为谁办理"
            value={whose}
            onChange={setWhose}
            choices={[
              { value: 'own', label: '本人' },
              { value: 'other', label: '本科室其他人员（系统管理员：任何人员）' },
            ]}
          />
        )}
        <div class="dialog-columns">
          {whose === 'other' && (
            <PersonPicker
              label="离岗人员"
              single
              chosen={principal}
              problem={fields['principal']}
              onChange={setPrincipal}
            />
          )}
          <PersonPicker
            label="受托人"
            single
            chosen={substitute}
            without={away ? [away] : []}
            problem={fields['substitute']}
            onChange={setSubstitute}
          />
        </div>
        <div class="dialog-columns">
          <MomentField label="开始" value={startsAt} problem={fields['startsAt']} onChange={setStartsAt} />
          <MomentField label="结束" value={endsAt} problem={fields['endsAt']} onChange={setEndsAt} />
        </div>
        <Choices
          label="范围"
          value={scope}
          onChange={setScope}
          choices={[
            {
              value: 'all',
              label: '全部流程',
              note: '管理员权限、受限案件，以及处罚、人事、资金、不予类环节不随委托转移。',
            },
            { value: 'some', label: '部分流程' },
          ]}
        />
        {scope === 'some' && (
          <TickPicker
            label="委托的流程"
            placeholder="搜索流程或科室"
            groups={departments.map((department) => ({ ...department, items: department.procedures }))}
            chosen={procedures}
            problem={fields['procedures']}
            onChange={setProcedures}
          />
        )}
        <ReasonField
          label="事由"
          rows={2}
          usual={['出差', '休假', '参加培训', '病假']}
          maxLength={500}
          value={reason}
          problem={fields['reason']}
          onChange={setReason}
        />
      </ActForm>
    </Dialog>
  );
}
