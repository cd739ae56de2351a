import './settings.css';
import { SidePage } from '../../components/SidePage';
import { PasswordView } from './PasswordView';
import { SecondFactorView } from './SecondFactorView';
import { SessionsView } from './SessionsView';
import { SubstitutionsView } from './SubstitutionsView';

/** What everybody looks after for themselves. */
export function SettingsPage() {
  return (
    <SidePage
      label="个人设置"
      groups={[
        {
          places: [
            { id: 'substitutions', label: '离岗委托', view: SubstitutionsView },
            { id: 'second-factor', label: '二次验证', view: SecondFactorView },
            { id: 'sessions', label: '登录管理', view: SessionsView },
            { id: 'password', label: '修改密码', view: PasswordView },
          ],
        },
      ]}
    />
  );
}
