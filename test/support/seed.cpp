#include "support/seed.hpp"

#include "support/base64.hpp"

#include <array>
#include <cstdio>
#include <ctime>
#include <string>
#include <utility>

namespace coimap::test {

namespace {

/// SplitMix64: unlike the standard library's distributions it gives the same numbers everywhere.
class dice {
public:
    explicit dice(std::uint64_t seed) : state_(seed) {}

    std::uint64_t next() {
        std::uint64_t z = (state_ += 0x9E3779B97F4A7C15u);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
        return z ^ (z >> 31);
    }
    std::size_t below(std::size_t bound) { return static_cast<std::size_t>(next() % bound); }
    bool one_in(std::size_t n) { return below(n) == 0; }
    bool percent(std::size_t p) { return below(100) < p; }

    template<class T, std::size_t n>
    const T& pick(const std::array<T, n>& from) {
        return from[below(n)];
    }

    /// Sizes as they occur: many small ones, a few very large. Doubles from `least` with falling odds.
    std::size_t skewed(std::size_t least, std::size_t doublings) {
        std::size_t bound = least;
        while (doublings-- > 0 && below(5) < 3)
            bound *= 2;
        return bound + below(bound);
    }

private:
    std::uint64_t state_;
};

using text_list = std::array<std::string_view, 12>;

constexpr text_list openings = {"The weekly numbers",   "Our flat in Lisbon",   "A draft of chapter three",
                                "The compiler upgrade", "Your order",           "Minutes of the board",
                                "The garden plan",      "Tickets for Saturday", "A failing night build",
                                "The new timetable",    "Grandmother's recipe", "Invoice 4711"};
constexpr text_list middles = {
    "arrived this morning",     "needs another pair of eyes", "is attached below",
    "cannot wait until Monday", "was moved to the archive",   "looks better than expected",
    "will be ready by noon",    "raised two questions",       "made everyone laugh",
    "depends on the weather",   "has not been paid yet",      "was signed by both sides"};
constexpr text_list endings = {
    "so please have a look.", "and I wonder why.",        "as we agreed on the phone.",
    "but there is no hurry.", "which is good news.",      "according to Ines.",
    "if the trains run.",     "unless somebody objects.", "at last!",
    "and that was all.",      "without further notice.",  "thanks to your help."};

/// Names as they stand in a header field, encoded where they must be (RFC 2047).
constexpr std::array<std::string_view, 11> senders = {
    "Alice Archer <alice@example.org>",
    "\"Baker, Bob\" <bob@example.org>",
    "carol@example.net",
    "=?utf-8?Q?J=C3=BCrgen_Gro=C3=9F?= <juergen@mail.example.com>",
    "=?iso-8859-1?Q?Andr=E9e_N=FA=F1ez?= <andree@example.com>",
    "=?UTF-8?B?0JzQsNGA0LjRjyDQktC+0LvQutC+0LLQsA==?= <maria@example.ru.example>",
    "=?utf-8?b?5L2Q6Jek55yf55CG5a2Q?= <sato@example.jp.example>",
    "=?koi8-r?B?6dfBzg==?= <ivan@lists.example.org>",
    "Ticket robot (do not answer) <tickets+7@example.org>",
    "\"Quote \\\"Q\\\" Quimby\" <q@example.com>",
    "=?utf-8?q?Zo=C3=AB?= =?utf-8?q?_Lindqvist?= <zoe@example.se.example>"};

constexpr std::array<std::string_view, 6> foreign_subjects = {
    "=?utf-8?Q?Gr=C3=BC=C3=9Fe_aus_K=C3=B6ln?=",
    "=?utf-8?B?0J/RgNC40LPQu9Cw0YjQtdC90LjQtSDQvdCwINC00LXQvdGMINGA0L7QttC00LXQvdC40Y8=?=",
    "=?utf-8?B?5Lya6K2w44Gu6LOH5paZ44KS?=\r\n =?utf-8?B?44GK6YCB44KK44GX44G+44GZ?=",
    "=?iso-8859-1?Q?Horaire_d'=E9t=E9_=E0_No=EBl?=",
    "=?utf-8?B?8J+OiSBXaXIgZmVpZXJuIQ==?=",
    "=?iso-8859-15?Q?Noch_12_=A4_offen?="};

/// A body line in another charset, already encoded for the transfer.
struct foreign_text {
    std::string_view charset;
    std::string_view encoding;
    std::string_view line;
};
constexpr std::array<foreign_text, 5> foreign_texts = {{
    {"utf-8", "quoted-printable", "Sch=C3=B6ne Gr=C3=BC=C3=9Fe, bis n=C3=A4chste Woche =E2=80=93 und danke!"},
    {"utf-8", "8bit",
     "Sch\xC3\xB6ne Gr\xC3\xBC\xC3\x9F"
     "e und \xE2\x82\xAC 20 f\xC3\xBCr Kaffee."},
    {"iso-8859-1", "quoted-printable", "=C0 bient=F4t, l'=E9quipe vous remercie."},
    {"koi8-r", "base64", "8NLJ18XUINPPINPNLCDewdPZINDP1sHS1MU="},
    {"utf-8", "base64", "44GK5LiW6Kmx44Gr44Gq44Gj44Gm44GK44KK44G+44GZ44CC"},
}};

/// An attachment's name as a Content-Disposition parameter, plain, extended or in pieces (RFC 2231).
constexpr std::array<std::string_view, 4> file_names = {
    "filename=\"minutes.pdf\"", "filename=plan.pdf", "filename*=utf-8''%C3%9Cbersicht%20Juni.pdf",
    "filename*0=\"a-rather-long-name-for-\";\r\n filename*1=\"a-file.pdf\""};

std::string utc(std::time_t when, const char* format) {
    std::tm parts{};
    ::gmtime_r(&when, &parts);
    char text[64];
    return {text, std::strftime(text, sizeof text, format, &parts)};
}

std::string message_id(std::uint64_t seed, std::size_t index) {
    char text[64];
    const auto mixed = dice(seed * 1000003 + index).next();
    const int size =
        std::snprintf(text, sizeof text, "<%016llx@example.org>", static_cast<unsigned long long>(mixed));
    return {text, static_cast<std::size_t>(size)};
}

std::string sentence(dice& d) {
    std::string text(d.pick(openings));
    text += ' ';
    text += d.pick(middles);
    text += ' ';
    text += d.pick(endings);
    return text;
}

std::string paragraphs(dice& d, std::string_view before = {}, std::string_view after = {}) {
    std::string text;
    for (std::size_t lines = d.skewed(3, 6); lines > 0; --lines) {
        text += before;
        text += sentence(d);
        text += after;
        text += d.one_in(5) ? "\r\n\r\n" : "\r\n";
    }
    return text;
}

std::string plain_part(dice& d) {
    if (d.percent(60))
        return "Content-Type: text/plain; charset=us-ascii\r\nContent-Transfer-Encoding: 7bit\r\n\r\n" +
               paragraphs(d);
    const auto& foreign = d.pick(foreign_texts);
    std::string text = "Content-Type: text/plain; charset=\"";
    text += foreign.charset;
    text += d.one_in(3) ? "\"; format=flowed" : "\"";
    text += "\r\nContent-Transfer-Encoding: ";
    text += foreign.encoding;
    text += "\r\n\r\n";
    // Plain sentences look the same in quoted-printable; base64 takes no other lines among its own.
    if (foreign.encoding != "base64")
        text += paragraphs(d);
    text += foreign.line;
    return text + "\r\n";
}

std::string html_part(dice& d) {
    return "Content-Type: text/html; charset=utf-8\r\n\r\n<!DOCTYPE html>\r\n<html><body>\r\n" +
           paragraphs(d, "<p>", "</p>") + "</body></html>\r\n";
}

std::string attachment(dice& d, std::size_t size) {
    std::string content = "%PDF-1.4\n";
    content.reserve(size + 8);
    while (content.size() < size) {
        const auto word = d.next();
        content.append(reinterpret_cast<const char*>(&word), sizeof word);
    }
    std::string part =
        "Content-Type: application/pdf; name=\"file.pdf\"\r\nContent-Disposition: attachment; ";
    part += d.pick(file_names);
    part += ";\r\n size=" + std::to_string(content.size());
    part += "\r\nContent-Transfer-Encoding: base64\r\n\r\n";
    return part + base64_lines(content);
}

template<class... Parts>
std::string multipart(dice& d, std::string_view subtype, std::string_view parameters, const Parts&... parts) {
    const std::string boundary = "=_" + std::to_string(d.next());
    std::string text = "Content-Type: multipart/";
    text += subtype;
    text += ";\r\n boundary=\"" + boundary + "\"";
    text += parameters;
    text += "\r\n\r\n";
    if (d.one_in(2))
        text += "This is a message with several parts.\r\n";
    ((text += "\r\n--" + boundary + "\r\n" + parts), ...);
    return text + "\r\n--" + boundary + "--\r\n";
}

std::string alternative(dice& d) {
    const auto plain = plain_part(d);
    const auto html = html_part(d);
    return multipart(d, "alternative", "", plain, html);
}

std::string forwarded(dice& d, std::time_t when) {
    return "Content-Type: message/rfc822\r\nContent-Disposition: inline\r\n\r\nFrom: dora@example.net\r\n"
           "To: Alice Archer <alice@example.org>\r\nSubject: " +
           sentence(d) + "\r\nDate: " + utc(when - 90000, "%a, %d %b %Y %H:%M:%S +0000") +
           "\r\nMessage-ID: <inner" + std::to_string(d.next()) + "@example.net>\r\nMIME-Version: 1.0\r\n" +
           alternative(d);
}

/// The message from MIME-Version on: the kinds of structure in about the shares that mailboxes have them.
std::string body(dice& d, std::time_t when) {
    const auto kind = d.below(100);
    if (kind < 40)
        return plain_part(d);
    if (kind < 75)
        return alternative(d);
    if (kind < 93) {
        const auto text = d.one_in(2) ? plain_part(d) : alternative(d);
        const auto file = attachment(d, d.skewed(500, 9));
        return d.percent(75) ? multipart(d, "mixed", "", text, file)
                             : multipart(d, "mixed", "", text, file, attachment(d, d.skewed(500, 5)));
    }
    if (kind < 96) {
        const auto html = html_part(d);
        return multipart(d, "related", "; type=\"text/html\"", html,
                         "Content-Type: image/png\r\nContent-ID: <picture@example.org>\r\n"
                         "Content-Disposition: inline\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
                             base64_lines(sentence(d)));
    }
    const auto text = plain_part(d);
    if (kind < 98)
        return multipart(d, "mixed", "", text, forwarded(d, when));
    if (kind < 99)
        return multipart(
            d, "signed", "; micalg=pgp-sha256;\r\n protocol=\"application/pgp-signature\"", text,
            "Content-Type: application/pgp-signature\r\n\r\n-----BEGIN PGP SIGNATURE-----\r\n\r\n" +
                base64_lines(sentence(d)) + "-----END PGP SIGNATURE-----\r\n");
    return multipart(d, "report", "; report-type=delivery-status", text,
                     "Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.org\r\n\r\n"
                     "Final-Recipient: rfc822; nobody@example.com\r\nAction: failed\r\nStatus: 5.1.1\r\n");
}

std::string flags(dice& d) {
    std::string text;
    const auto add = [&](std::size_t percent, const char* flag) {
        if (d.percent(percent))
            text += (text.empty() ? "" : " ") + std::string(flag);
    };
    add(80, "\\Seen");
    add(15, "\\Answered");
    add(6, "\\Flagged");
    add(4, "$Forwarded");
    add(3, "project-x");
    return text;
}

} // namespace

outgoing_message made_up_message(std::size_t index, std::size_t total, std::uint64_t seed) {
    dice d(seed * 0x100000001B3u + index);
    constexpr std::time_t first_day = 1672531200; // 2023-01-01
    constexpr std::time_t span = 3 * 365 * 86400;
    const auto spacing = span / static_cast<std::time_t>(total > 0 ? total : 1);
    const auto when =
        first_day + static_cast<std::time_t>(index) * spacing + static_cast<std::time_t>(d.below(3000));

    // Every conversation has up to eight messages, the first of which gives the subject.
    const std::size_t root = index - index % 8;
    dice thread(seed * 31 + root);
    std::string subject;
    if (thread.one_in(4)) {
        subject = thread.pick(foreign_subjects);
    } else {
        subject = thread.pick(openings);
        subject += ' ';
        subject += thread.pick(middles);
    }

    std::string text = "Return-Path: <bounces@example.org>\r\n";
    for (std::size_t hop = 1 + d.below(3); hop > 0; --hop) {
        text += "Received: from mx" + std::to_string(hop) + ".example.com (mx.example.com [192.0.2." +
                std::to_string(1 + d.below(250)) + "])\r\n\tby mail.example.org with ESMTPS; " +
                utc(when, "%a, %d %b %Y %H:%M:%S +0000") + "\r\n";
    }
    text += "Date: " + utc(when, "%a, %d %b %Y %H:%M:%S +0000") + "\r\nFrom: ";
    text += d.pick(senders);
    text += "\r\nTo: Alice Archer <alice@example.org>";
    for (std::size_t more = d.one_in(4) ? 1 + d.below(4) : 0; more > 0; --more) {
        text += ",\r\n ";
        text += d.pick(senders);
    }
    if (d.one_in(5)) {
        text += "\r\nCc: ";
        text += d.pick(senders);
    }
    text += "\r\nSubject: ";
    if (index != root)
        text += "Re: ";
    text += subject;
    text += "\r\nMessage-ID: " + message_id(seed, index) + "\r\n";
    if (index != root)
        text += "In-Reply-To: " + message_id(seed, index - 1) + "\r\nReferences: " + message_id(seed, root) +
                "\r\n " + message_id(seed, index - 1) + "\r\n";
    if (d.one_in(6))
        text += "List-Id: Talk of the town <talk.lists.example.org>\r\nPrecedence: list\r\n";
    text += "MIME-Version: 1.0\r\n" + body(d, when);

    return {std::move(text), flags(d), utc(when, "%d-%b-%Y %H:%M:%S +0000")};
}

void fill_mailbox(unsigned short port, std::string_view user, std::string_view mailbox, std::size_t count,
                  std::uint64_t seed) {
    constexpr std::size_t together = 200;
    raw_imap connection(port);
    connection.login(user);
    // The next command is on its way while the server works on the one before.
    std::string waiting;
    for (std::size_t first = 0; first < count; first += together) {
        std::string text = "APPEND \"";
        text += mailbox;
        text += '"';
        for (std::size_t index = first; index < count && index < first + together; ++index)
            text += append_argument(made_up_message(index, count, seed));
        auto tag = connection.begin(text);
        if (!waiting.empty())
            connection.finish(waiting);
        waiting = std::move(tag);
    }
    if (!waiting.empty())
        connection.finish(waiting);
    connection.command("LOGOUT");
}

} // namespace coimap::test
