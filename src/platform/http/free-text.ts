import { Matches } from 'class-validator';

const LINK_SECRET = /#[A-Za-z0-9_-]{1,32}\.[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])/;

/** Whether a text holds what looks like the secret of an invitation's link (D6). */
export const holdsLinkSecret = (text: string): boolean => LINK_SECRET.test(text);

/** Free text is kept for ever; an invitation's link pasted into it would keep its secret too (D6). */
export const NoLinkSecret = () =>
  Matches(new RegExp(`^(?![\\s\\S]*${LINK_SECRET.source})`), {
    message: "$property must not hold an invitation's link",
  });
