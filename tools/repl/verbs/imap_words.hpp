#pragma once
// Words as the arguments of IMAP commands. Everything here throws usage_error, which says what would fit.

#include "repl/verbs/words.hpp"

#include "coimap/model/date_time.hpp"
#include "coimap/model/fetch_items.hpp"
#include "coimap/model/flag.hpp"
#include "coimap/model/message_set.hpp"
#include "coimap/model/search_key.hpp"
#include "coimap/session/commands/search.hpp"
#include "coimap/session/commands/status_items.hpp"

#include <chrono>

namespace coimap::tools {

/// `1:5,7,*`, `all`, `last:10`, `$`. Numbers are UIDs or sequence numbers.
message_set take_messages(word_list& words, bool by_uid);
uid_set take_uids(word_list& words);

/// `\Seen $Work`, in parentheses or up to the end; maybe none.
flag_set take_flags(word_list& words);

/// `1-Feb-1994` or `1994-02-01`.
date parse_day(const std::string& text);
/// `17-Jul-1996 02:44:25 -0700` or `1996-07-17T02:44:25-07:00`.
date_time parse_moment(const std::string& text);

/// `90`, `90s`, `10m`, `1h`, `500ms`.
std::chrono::milliseconds parse_duration(const std::string& text);

/// `flags envelope body.peek[1.2]<0.1024>`, `fast`, `all`, `full`, `X-GM-LABELS`.
fetch_items parse_items(const std::vector<word>& words, const std::string& verb);

/// `messages unseen uidnext`; the basic ones when there is none.
status_items parse_status_items(const std::vector<word>& words, const std::string& verb);

/// `RETURN (MIN COUNT)`, when it is there.
search_options take_search_options(word_list& words);
/// The keys of SEARCH as IMAP writes them (RFC 9051 section 6.4.4); every message when there are none.
search_key take_search_key(word_list& words);

} // namespace coimap::tools
