import { Menu, useMantineColorScheme } from '@mantine/core';
import {
  IconChevronDown,
  IconLogout,
  IconMoon,
  IconPassword,
  IconSun,
  IconUser,
} from '@tabler/icons-react';
import { Outlet, useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useAccounts } from '../api/accounts';
import { feed, useFeedStatus } from '../api/feed';
import { logout } from '../api/logout';
import { useSession } from '../api/session';
import { marketNow, type System, useAccount, useChosenAccount, useSystem } from '../api/system';
import { ChangePasswordDialog } from '../features/auth/change-password-dialog';
import { SessionEndedDialog } from '../features/auth/session-ended-dialog';
import { KillSwitch } from '../features/control/kill-switch';
import type { FeedStatus } from '../lib/feed-client';
import { formatClock, formatMarketRate, formatMoney, humanise } from '../lib/format';
import { EnvironmentBadge } from '../ui/environment-badge';
import { PnlCell } from '../ui/pnl-cell';
import { useNow } from '../ui/use-now';
import { ConnectionChip } from './connection-chip';
import { KeysDialog } from './keys-dialog';
import { PAGES } from './pages';
import { Rail } from './rail';
import { useFeed } from './use-feed';

const BANNER_AFTER_MS = 1_000;

/** What every page has: whose money, how fresh, how much, who, and the way to stop it. */
export function Shell() {
  useFeed();
  const { phase, mustChangePassword } = useSession();
  const navigate = useNavigate();
  const system = useSystem();
  const feedStatus = useFeedStatus();

  useEffect(() => {
    if (phase === 'signed-out') {
      void navigate({ to: '/login', replace: true });
    }
  }, [phase, navigate]);

  return (
    <div className="shell" data-frozen={phase === 'ended'}>
      <a className="skip-link" href="#main">
        Skip to content
      </a>
      <TopBar system={system} feedStatus={feedStatus} />
      <Banner status={feedStatus} system={system} />
      <div className="shell-body">
        <Rail />
        <main id="main" tabIndex={-1}>
          <Outlet />
        </main>
      </div>
      <KeysDialog />
      {phase === 'ended' && <SessionEndedDialog />}
      {phase === 'signed-in' && mustChangePassword && <ChangePasswordDialog />}
    </div>
  );
}

function TopBar({ system, feedStatus }: { system: System; feedStatus: FeedStatus }) {
  return (
    <header className="topbar" data-environment={system.environment}>
      <span className="brand">
        <img src="/favicon.svg" alt="" width="20" height="20" />
        <span className="wide-only">Saker</span>
      </span>
      <EnvironmentBadge environment={system.environment} />
      <MarketClock rate={system.marketRate} />
      <AccountStrip />
      <span className="spring" />
      <ConnectionChip status={feedStatus} />
      <EngineChip system={system} />
      <Clock />
      <KillSwitch system={system} />
      <UserMenu />
    </header>
  );
}

function AccountStrip() {
  const account = useAccount();
  const { data: accounts = [] } = useAccounts();
  if (!account) {
    return null;
  }
  return (
    <div className="account-strip">
      {accounts.length > 1 ? (
        <select
          className="select"
          aria-label="Account"
          value={account.account_id}
          onChange={(event) =>
            useChosenAccount.setState({ accountId: Number(event.currentTarget.value) })
          }
        >
          {accounts.map(({ account_id, name }) => (
            <option key={account_id} value={account_id}>
              {name}
            </option>
          ))}
        </select>
      ) : (
        <span className="account-name wide-only">{account.name}</span>
      )}
      <Figure label={`Equity ${account.currency}`}>{formatMoney(account.equity)}</Figure>
      <Figure label="Day P/L">
        <PnlCell value={account.day_profit} />
      </Figure>
      <Figure label="Margin used" wideOnly>
        {formatMoney(account.margin_used)}
      </Figure>
    </div>
  );
}

type FigureProps = { label: string; wideOnly?: boolean; children: React.ReactNode };

function Figure({ label, wideOnly, children }: FigureProps) {
  return (
    <span className={`figure ${wideOnly ? 'wide-only' : ''}`}>
      <span className="figure-label">{label}</span>
      <span className="figure-value">{children}</span>
    </span>
  );
}

function EngineChip({ system }: { system: System }) {
  if (!system.engine) {
    return null;
  }
  const tone = system.engine === 'RUNNING' ? 'good' : system.engine === 'HALTED' ? 'bad' : 'warn';
  return (
    <span className={`chip ${tone}`} data-testid="engine" title={system.reason || undefined}>
      <i className="dot" aria-hidden="true" />
      {humanise(system.engine)}
    </span>
  );
}

/** A market that does not run at our speed says so, with its own time. */
function MarketClock({ rate }: { rate: number }) {
  useNow(1_000);
  const speed = formatMarketRate(rate);
  return speed ? (
    <span className="chip plain wide-only">
      {speed} {formatClock(marketNow())}
    </span>
  ) : null;
}

function Clock() {
  useNow(1_000);
  return (
    <time className="clock wide-only" title="Server time, UTC">
      {formatClock(feed.serverNow())} <small>UTC</small>
    </time>
  );
}

function UserMenu() {
  const { username, role } = useSession();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const navigate = useNavigate();
  const [changing, setChanging] = useState(false);
  const dark = colorScheme === 'dark';

  async function signOut() {
    await logout();
    await navigate({ to: '/login' });
  }

  return (
    <>
      <Menu position="bottom-end" width={200}>
        <Menu.Target>
          <button type="button" className="button quiet" aria-label={`User ${username}, ${role}`}>
            <span className="user wide-only">
              {username} <small>{role}</small>
            </span>
            <IconChevronDown className="wide-only" size={14} aria-hidden="true" />
            <IconUser className="narrow-only" size={20} aria-hidden="true" />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {PAGES.map(({ to, label, icon: Icon }) => (
            <Menu.Item
              key={to}
              className="narrow-only"
              leftSection={<Icon size={16} />}
              onClick={() => void navigate({ to })}
            >
              {label}
            </Menu.Item>
          ))}
          <Menu.Item
            leftSection={dark ? <IconSun size={16} /> : <IconMoon size={16} />}
            onClick={() => setColorScheme(dark ? 'light' : 'dark')}
          >
            {dark ? 'Light theme' : 'Dark theme'}
          </Menu.Item>
          <Menu.Item leftSection={<IconPassword size={16} />} onClick={() => setChanging(true)}>
            Change password
          </Menu.Item>
          <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void signOut()}>
            Sign out
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {changing && <ChangePasswordDialog onClose={() => setChanging(false)} />}
    </>
  );
}

/** Says in a line what is wrong, once it has been wrong for a second. */
function Banner({ status, system }: { status: FeedStatus; system: System }) {
  const lost = status.phase === 'reconnecting' || status.phase === 'offline';
  const [lostLong, setLostLong] = useState(false);
  useEffect(() => {
    if (!lost) {
      setLostLong(false);
      return;
    }
    const timer = setTimeout(() => setLostLong(true), BANNER_AFTER_MS);
    return () => clearTimeout(timer);
  }, [lost]);

  const message = lostLong
    ? 'Connection to the gateway is lost. Prices and positions below are old; closing and halting still work.'
    : system.engine === 'HALTED'
      ? `Trading is halted: no new risk. ${system.reason}`
      : system.historyDelayed
        ? 'The database does not answer; trading goes on, history is delayed.'
        : null;
  return message ? (
    <div className="banner" role="status">
      {message}
    </div>
  ) : null;
}
