import { useRef } from 'preact/hooks';
import { userTasks } from '../../api/endpoints';
import { lazy } from '../../components/lazy';
import { Loaded } from '../../components/Loaded';
import type { FormHandle } from '../../forms/handle';
import { nameOf } from '../../format/text';
import { useLoading } from '../../state/loading';

const FormView = lazy(() => import('../../forms/FormView').then((module) => module.FormView));

/** What a signer signs: the task of the one who asked, as it stands, to be read. */
export function SignedTask({ taskKey }: { taskKey: string }) {
  const handle = useRef<FormHandle | null>(null);
  const loading = useLoading(() => userTasks.read(taskKey), [taskKey]);
  return (
    <Loaded of={loading}>
      {(task) => (
        <section aria-label="签办内容">
          <p class="muted">
            {nameOf(task.assignee)}办理的“{task.name}”：
          </p>
          {task.form ? (
            <FormView handle={handle} schema={task.form.schema} given={task.variables} readOnly />
          ) : (
            <p class="muted">该步骤没有表单，内容见事项详情。</p>
          )}
        </section>
      )}
    </Loaded>
  );
}
