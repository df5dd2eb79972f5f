import { SidebarItem, useSidebarOpenState } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import Badge from '@material-ui/core/Badge';
import Chip from '@material-ui/core/Chip';
import TimerIcon from '@material-ui/icons/Timer';
import { useMemo } from 'react';
import { useWaitingCount } from '../../hooks';
import { pageRouteRef } from '../../routes';
import { useTranslate } from '../../translation';

const MOST_SHOWN = 99;

/**
 * What an app can change about the entry in the sidebar.
 *
 * @public
 */
export interface JitSidebarItemProps {
  /** Where the page is; where the app has mounted it when not given. */
  to?: string;
  /** What the entry is called; "Just-in-time" when not given. */
  text?: string;
}

/**
 * The page's entry in the sidebar, with the number of things that wait for the reader: requests to decide about or to agree to, and reviews.
 *
 * @public
 */
export const JitSidebarItem = (props: JitSidebarItemProps) => {
  const t = useTranslate();
  const mounted = useRouteRef(pageRouteRef);
  const { to = mounted?.() ?? '/just-in-time', text = t('page.title') } = props;
  const count = useWaitingCount() ?? 0;
  const { isOpen } = useSidebarOpenState();
  // A closed sidebar has room for icons alone.
  const icon = useMemo(
    () => () =>
      (
        <Badge
          // A number that does not show would still be read out.
          badgeContent={isOpen || !count ? undefined : count}
          color="primary"
          max={MOST_SHOWN}
        >
          <TimerIcon fontSize="inherit" />
        </Badge>
      ),
    [count, isOpen],
  );
  return (
    <SidebarItem
      icon={icon}
      to={to}
      text={text}
      aria-label={count ? t('page.waitsForYou', { text, count }) : text}
    >
      {count > 0 && (
        <Chip
          size="small"
          color="primary"
          style={{ margin: 0 }}
          label={count > MOST_SHOWN ? `${MOST_SHOWN}+` : count}
        />
      )}
    </SidebarItem>
  );
};
