#include "bench/own/memory.hpp"

#include "common/exit_status.hpp"

#include "coimap/core/arena.hpp"
#include "coimap/model/message_set.hpp"
#include "coimap/wire/command_writer.hpp"
#include "coimap/wire/framer.hpp"
#include "coimap/wire/kept.hpp"
#include "coimap/wire/responses/fetch.hpp"

#include <cstring>
#include <fstream>
#include <sstream>

namespace coimap::tools::bench {
namespace {

std::string contents(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    if (!file)
        throw failure(exit_status::input_output, path + " cannot be read");
    return std::move(text).str();
}

std::uint64_t count_lines(std::string_view octets) {
    std::uint64_t lines = 0;
    for (const char* at = octets.data(); at != nullptr;) {
        const auto left = static_cast<std::size_t>(octets.data() + octets.size() - at);
        at = static_cast<const char*>(std::memchr(at, '\n', left));
        if (at != nullptr)
            ++lines, ++at;
    }
    return lines;
}

/// Calls `take` with each response.
template<class Take>
std::uint64_t each_response(std::string_view octets, Take take) {
    wire::framer framer{limits()};
    std::uint64_t count = 0;
    while (!octets.empty()) {
        const wire::frame frame = framer.advance(octets);
        if (frame.type == wire::frame::kind::literal) {
            framer.keep_literal();
            continue;
        }
        if (frame.type != wire::frame::kind::complete)
            throw failure(exit_status::data, "the recording is no row of whole responses");
        take(octets.substr(0, frame.size));
        octets.remove_prefix(frame.size);
        framer.reset();
        ++count;
    }
    return count;
}

void must_be_metadata(const wire::response& parsed) {
    const auto* data = parsed.as<fetch_data>();
    if (data == nullptr || data->envelope == nullptr || data->structure == nullptr)
        throw failure(exit_status::data, "the recording holds something else than metadata");
}

std::uint64_t parse(std::string_view octets, const std::string& mode) {
    if (mode == "memchr")
        return count_lines(octets);
    if (mode == "framing")
        return each_response(octets, [](std::string_view) {});
    const wire::parse_options options;
    if (mode == "kept")
        return each_response(octets, [&](std::string_view one) {
            must_be_metadata(*wire::kept_response::parse(one, options));
        });
    arena memory;
    return each_response(octets, [&](std::string_view one) {
        memory.reset();
        must_be_metadata(wire::parse_response(one, memory, options));
    });
}

std::uint64_t write(std::uint64_t count) {
    const wire::writer_options options;
    std::uint64_t octets = 0;
    for (std::uint64_t i = 1; i <= count; ++i) {
        wire::command_writer out("C" + std::to_string(i), options);
        out.raw("UID STORE").sp().set(uid_set(static_cast<std::uint32_t>(i))).sp();
        out.raw("+FLAGS.SILENT").sp().flags(flags::seen);
        octets += std::move(out).finish()->bytes.size();
    }
    return octets;
}

} // namespace

bool run_in_memory(const task& work) {
    if (work.workload == "write") {
        const stopwatch watch;
        const std::uint64_t octets = write(work.count);
        print_result(work.count, octets, watch.read());
        return true;
    }
    if (work.workload != "parse")
        return false;
    const std::string octets = contents(work.file);
    parse(octets, work.mode); // the pages of the file are touched, and the branches known
    const stopwatch watch;
    std::uint64_t responses = 0;
    for (std::uint64_t i = 0; i < work.count; ++i)
        responses += parse(octets, work.mode);
    print_result(responses, octets.size() * work.count, watch.read());
    return true;
}

} // namespace coimap::tools::bench
