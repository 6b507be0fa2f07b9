/**
 * Two functions the revert script brings along, as console lines.
 *
 * `same VALUE TEXT`: is the value of a field (typed, as `get` gives it) what REST spells as TEXT? The console shows truths as true and
 * false, times as 00:10:00, lists joined with `;`, numbers without their `0x`, and of some flags that are off nothing; where the order of a list's members is all that
 * differs it is the same list, since RouterOS sorts many of them by itself.
 */
export const SAME = [
  ':local same do={ :local a ("" . [:tostr $1])',
  ':local b ("" . $2)',
  ':if ($a = $b or ($a = "true" and $b = "yes") or ($a = "false" and $b = "no")) do={ :return true }',
  ':if ($a = "") do={ :return ($b = "no") }',
  ':if ($b = "") do={ :return false }',
  ':if (($a . "/32") = $b or ($b . "/32") = $a or ($a . "/128") = $b or ($b . "/128") = $a) do={ :return true }',
  ':if ([:typeof $1] = "time") do={ :return ([:tostr [:totime $b]] = $a) }',
  ':if ([:typeof $1] = "num") do={ :return ([:tostr [:tonum $b]] = $a) }',
  ':local x [:tostr [:toarray $1]]',
  ':local y [:tostr [:toarray $b]]',
  ':if ([:len $x] != [:len $y]) do={ :return false }',
  ':foreach m in=[:toarray $b] do={ :if ([:typeof [:find (";" . $x . ";") (";" . $m . ";")]] != "num") do={ :return false } }',
  ':return true }',
].join('; ');

/** `next IDS ID`: the id after this one, an empty text for the last, `none` for one that is not there. */
export const NEXT = [
  ':local next do={ :local found 0',
  ':local after ""',
  ':foreach i in=$1 do={ :if ($found = 1) do={ :set after [:tostr $i]; :set found 2 }; :if ($found = 0 and [:tostr $i] = [:tostr $2]) do={ :set found 1 } }',
  ':if ($found = 0) do={ :return "none" }',
  ':return $after }',
].join('; ');
