import { useState } from 'preact/hooks';
import { services, SERVICE_WAYS, type Service, type ServiceChanges, type ServiceWay } from '../../api/services';
import type { Clock } from '../../api/types';
import { ActForm } from '../../components/dialogs/ActForm';
import { Dialog } from '../../components/dialogs/Dialog';
import { DateField, ReasonField, required, TextField, Tick } from '../../components/dialogs/fields';
import { useAct } from '../../components/dialogs/useAct';
import { SelectField } from '../../components/fields/SelectField';
import { paperTitle } from './words';

/** Only what differs from what was recorded. */
function changesOf(service: Service, servedOn: string, way: ServiceWay, receivedBy: string, place: string): ServiceChanges {
  return {
    ...(servedOn !== service.servedOn && { servedOn }),
    ...(way !== service.way && { way }),
    ...(receivedBy.trim() !== (service.receivedBy ?? '') && { receivedBy: receivedBy.trim() || null }),
    ...(place.trim() !== (service.place ?? '') && { place: place.trim() || null }),
  };
}

interface CorrectionDialogProps {
  service: Service;
  /** Time limits of the case, of which some may start on the day of service. */
  clocks: readonly Clock[];
  onClose: () => void;
  onDone: () => void;
}

/** 更正送达: what is right, with evidence and reason; clocks that start on that day move with it. */
export function CorrectionDialog({ service, clocks, onClose, onDone }: CorrectionDialogProps) {
  const [servedOn, setServedOn] = useState(service.servedOn);
  const [way, setWay] = useState<ServiceWay>(service.way);
  const [receivedBy, setReceivedBy] = useState(service.receivedBy ?? '');
  const [place, setPlace] = useState(service.place ?? '');
  const [evidence, setEvidence] = useState('');
  const [reason, setReason] = useState('');
  const [limits, setLimits] = useState<string[]>([]);
  const act = useAct(['servedOn', 'way', 'receivedBy', 'place', 'evidence', 'reason']);
  const { fields } = act.problems;
  const submit = async () => {
    const changes = changesOf(service, servedOn, way, receivedBy, place);
    const wrong = {
      servedOn: !servedOn ? '请填写送达日期。' : Object.keys(changes).length ? '' : '与原记录相同，请改正有误的一项。',
      evidence: required(evidence, '请写明更正的证据，例如送达回证、邮寄回执号。'),
      reason: required(reason, '请写明更正的理由。'),
    };
    // A time limit moves with the day only.
    const moved = changes.servedOn ? limits : [];
    const body = { changes, evidence: evidence.trim(), reason: reason.trim(), limits: moved };
    if (await act.run((key) => services.correct(service.key, body, key), wrong)) onDone();
  };
  return (
    <Dialog title="更正送达" about={paperTitle(service.paper)} onClose={onClose}>
      <ActForm act={act} submit="更正" onSubmit={() => void submit()} onClose={onClose}>
        <div class="dialog-columns">
          <DateField label="送达日期" value={servedOn} problem={fields['servedOn']} onChange={setServedOn} />
          <SelectField
            label="送达方式"
            value={way}
            options={SERVICE_WAYS.map((each) => ({ value: each, label: each }))}
            problem={fields['way']}
            onChange={(next) => setWay(next as ServiceWay)}
          />
        </div>
        <TextField label="签收人" optional value={receivedBy} maxLength={200} problem={fields['receivedBy']} onChange={setReceivedBy} />
        <TextField label="送达地点" optional value={place} maxLength={200} problem={fields['place']} onChange={setPlace} />
        <TextField label="更正的证据" value={evidence} problem={fields['evidence']} onChange={setEvidence} />
        <ReasonField label="更正的理由" value={reason} problem={fields['reason']} onChange={setReason} />
        {servedOn !== service.servedOn &&
          clocks.map((clock) => (
            <Tick
              key={clock.id}
              label={`“${clock.name}”改从更正后的送达日起算`}
              checked={limits.includes(clock.id)}
              onChange={(on) => setLimits(on ? [...limits, clock.id] : limits.filter((each) => each !== clock.id))}
            />
          ))}
      </ActForm>
    </Dialog>
  );
}
