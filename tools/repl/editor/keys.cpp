#include "repl/editor/keys.hpp"

#include "coimap/core/utf8.hpp"

#include <utility>

namespace coimap::tools {
namespace {

key_kind control_key(char octet) noexcept {
    switch (octet) {
    case 1:
        return key_kind::home;
    case 2:
        return key_kind::left;
    case 3:
        return key_kind::interrupt;
    case 4:
        return key_kind::end_of_input;
    case 5:
        return key_kind::end;
    case 6:
        return key_kind::right;
    case 8:
    case 127:
        return key_kind::backspace;
    case 9:
        return key_kind::complete;
    case 10:
    case 13:
        return key_kind::enter;
    case 11:
        return key_kind::kill_rest;
    case 12:
        return key_kind::clear;
    case 14:
        return key_kind::down;
    case 16:
        return key_kind::up;
    case 18:
        return key_kind::search;
    case 21:
        return key_kind::kill_line;
    case 23:
        return key_kind::kill_word;
    case 25:
        return key_kind::yank;
    default:
        return key_kind::unknown;
    }
}

std::size_t sequence_length(char lead) noexcept {
    const auto octet = static_cast<unsigned char>(lead);
    return octet < 0xc0 ? 1 : octet < 0xe0 ? 2 : octet < 0xf0 ? 3 : 4;
}

} // namespace

std::optional<key> key_decoder::feed(char octet) {
    switch (state_) {
    case state::plain:
        return plain(octet);
    case state::escape:
        state_ = state::plain;
        switch (octet) {
        case '[':
            state_ = state::control_sequence;
            return std::nullopt;
        case 'O':
            state_ = state::single_shift;
            return std::nullopt;
        case 'b':
            return key{key_kind::word_left, {}};
        case 'f':
            return key{key_kind::word_right, {}};
        case 127:
        case 8:
            return key{key_kind::kill_word, {}};
        case '\x1b':
            state_ = state::escape;
            return std::nullopt;
        default:
            return key{};
        }
    case state::single_shift:
        state_ = state::plain;
        return control_sequence(octet);
    case state::control_sequence:
        if (octet >= 0x20 && octet < 0x40) {
            if (pending_.size() < 16)
                pending_.push_back(octet);
            return std::nullopt;
        }
        state_ = state::plain;
        return control_sequence(octet);
    }
    return std::nullopt;
}

std::optional<key> key_decoder::plain(char octet) {
    const auto value = static_cast<unsigned char>(octet);
    if (!pending_.empty()) {
        if ((value & 0xc0) == 0x80) {
            pending_.push_back(octet);
            if (pending_.size() < expected_)
                return std::nullopt;
            std::string text = std::exchange(pending_, {});
            return is_utf8(text) ? key{key_kind::character, std::move(text)} : key{};
        }
        pending_.clear(); // what came was no character
    }
    if (octet == '\x1b') {
        state_ = state::escape;
        return std::nullopt;
    }
    if (value < 0x20 || value == 0x7f)
        return key{control_key(octet), {}};
    if (value < 0x80)
        return key{key_kind::character, std::string(1, octet)};
    expected_ = sequence_length(octet);
    if (expected_ == 1)
        return key{};
    pending_.push_back(octet);
    return std::nullopt;
}

key key_decoder::control_sequence(char last) {
    const std::string parameters = std::exchange(pending_, {});
    const bool modified =
        parameters.find(";5") != std::string::npos || parameters.find(";3") != std::string::npos;
    switch (last) {
    case 'A':
        return {key_kind::up, {}};
    case 'B':
        return {key_kind::down, {}};
    case 'C':
        return {modified ? key_kind::word_right : key_kind::right, {}};
    case 'D':
        return {modified ? key_kind::word_left : key_kind::left, {}};
    case 'H':
        return {key_kind::home, {}};
    case 'F':
        return {key_kind::end, {}};
    case '~':
        if (parameters == "1" || parameters == "7")
            return {key_kind::home, {}};
        if (parameters == "4" || parameters == "8")
            return {key_kind::end, {}};
        if (parameters == "3")
            return {key_kind::erase, {}};
        return {};
    default:
        return {};
    }
}

} // namespace coimap::tools
