import { Matches, ValidateBy } from 'class-validator';

const LINK_SECRET = /#[A-Za-z0-9_-]{1,32}\.[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])/;

/** Whether a text holds what looks like the secret of an invitation's link (D6). */
export const holdsLinkSecret = (text: string): boolean => LINK_SECRET.test(text);

/** Free text is kept for ever; an invitation's link pasted into it would keep its secret too (D6). What is no text is another rule's. */
export const NoLinkSecret = () =>
  ValidateBy({
    name: 'noLinkSecret',
    validator: {
      validate: (value) => typeof value !== 'string' || !holdsLinkSecret(value),
      defaultMessage: () => "$property must not hold an invitation's link",
    },
  });

/** Words, not mere blanks; line breaks and tabs are the only control characters that text needs. */
export const IsProse = () =>
  Matches(/^(?=[^]*\S)(?:[\n\r\t]|\P{Cc})*$/u, {
    message: '$property must hold more than blanks, and no control characters',
  });

/** The same on one line: what becomes part of a subject, a list or a sentence. */
export const IsOneLine = () =>
  Matches(/^(?=.*\S)\P{Cc}*$/u, { message: '$property must be one line that holds more than blanks' });
