#include "measure.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "abusive_clients.hpp"
#include "clients.hpp"
#include "clock.hpp"
#include "message.hpp"
#include "progress.hpp"

namespace {

using minimeta::Duration;
using minimeta::milliseconds;
using minimeta::seconds;
using minimeta::Time;

class Run {
public:
    Run(const Options& options, ServerProcess& server) : options_(options), server_(server) {}

    Measured measure() {
        const auto empty = server_.resident_bytes();
        if (!join()) return std::move(measured_);
        if (const auto full = server_.resident_bytes(); empty && full)
            measured_.bytes_per_member =
                (static_cast<double>(*full) - static_cast<double>(*empty)) / static_cast<double>(options_.members());

        AbusiveClients abusive;
        if (options_.deaf + options_.flooders != 0 && !start(abusive)) return std::move(measured_);

        // The warm-up is not measured: buffers grow, and each speaker speaks for the first time.
        if (talk(warm_up_)) measure_the_rest();
        if (measured_.failure.empty()) listen_for_more();
        measured_.faults = check_.faults();
        return std::move(measured_);
    }

private:
    // Waits until each member is welcomed. Members join a few at a time: the notices of all joins at once would
    // overflow the kernel's buffers of those that have joined before.
    bool join() {
        constexpr std::size_t at_a_time = 64;
        while (joined_ < options_.members()) {
            while (clients_.size() < options_.members() && clients_.size() < joined_ + at_a_time) {
                const std::size_t number = clients_.size();
                if (const auto why = clients_.connect(server_.port())) return fail("cannot connect to " + *why);
                clients_.say(number, "name:" + (number < options_.speakers
                                                    ? Messages::name_of_speaker(number)
                                                    : Messages::name_of_receiver(number - options_.speakers)));
            }
            if (!listen()) return false;
            progress_.show("members who joined", joined_, options_.members());
        }
        return true;
    }

    bool start(AbusiveClients& abusive) {
        if (abusive.start(options_.deaf, options_.flooders, server_.port())) return true;
        return fail("those who are a nuisance could not join");
    }

    void measure_the_rest() {
        const auto resident = server_.resident_bytes();
        const std::uint64_t delivered = check_.delivered(), receives = clients_.receives();
        const auto cpu = server_.cpu_time();
        const Time begin = now();
        (void)talk(total_);
        measured_.elapsed = last_delivery_ - begin;
        measured_.deliveries = check_.delivered() - delivered;
        measured_.receives = clients_.receives() - receives;
        if (const auto cpu_after = server_.cpu_time(); cpu && cpu_after) {
            measured_.server_cpu = {cpu_after->nanoseconds - cpu->nanoseconds};
        } else {
            measured_.server_cpu = server_.stop();
            measured_.server_cpu_of_life = true;
        }
        if (const auto after = server_.resident_bytes(); resident && after)
            measured_.bytes_gained = static_cast<double>(*after) - static_cast<double>(*resident);
        measured_.delays = check_.delays(warm_up_);
        std::sort(measured_.delays.begin(), measured_.delays.end());
    }

    // Says messages up to number `end`. Returns true if all were delivered to all members. The window is counted in
    // deliveries, so that a slow member does not stop the others.
    bool talk(std::size_t end) {
        const std::uint64_t audience = check_.audience();
        const std::size_t begun_with = check_.said();
        const Time begin = last_delivery_ = now();
        // When the next message is due; at once if there is no pace, and only the window decides.
        const auto due = [&] {
            const auto each = options_.pace == 0 ? 0 : 1'000'000'000 / static_cast<std::int64_t>(options_.pace);
            return begin + Duration{each} * static_cast<std::int64_t>(check_.said() - begun_with);
        };
        while (check_.delivered() < end * audience) {
            while (check_.said() < end && due() <= now() &&
                   (check_.said() + 1) * audience <= check_.delivered() + options_.window * audience) {
                const auto number = static_cast<std::uint32_t>(check_.said());
                check_.say(now());
                clients_.say(messages_.speaker(number), messages_.text(number));
            }
            if (!listen(check_.said() < end ? std::max(due() - now(), Duration{}) : longest_wait)) return false;
            if (now() - last_delivery_ > stall) return fail("nothing came for 3 seconds");
            progress_.show("deliveries", check_.delivered(), total_ * audience);
        }
        return true;
    }

    // Unexpected deliveries may still be in flight.
    void listen_for_more() {
        const Time end = now() + milliseconds(50);
        while (now() < end && listen()) {
        }
    }

    bool listen(Duration wait = longest_wait) {
        const Time before = now();
        std::uint64_t receives = clients_.receives();
        if (options_.pace == 0 || wait > longest_wait) wait = longest_wait;
        clients_.listen(wait, [&](std::size_t member, std::string_view line) {
            // The clock is read once for all lines of one receive.
            if (std::exchange(receives, clients_.receives()) != clients_.receives()) came_at_ = now();
            on_line(member, line);
        });
        if (before > deadline_) return fail("the time is over");
        if (clients_.gone() == 0) return true;
        return fail(server_.ended().value_or("the server closed " + std::to_string(clients_.gone()) + " connections"));
    }

    // The room's notices begin with "--", and refusals with "!". All other lines must be messages.
    void on_line(std::size_t member, std::string_view line) {
        if (line.starts_with("-- ")) {
            if (line.starts_with("-- Welcome")) ++joined_;
            if (member == 0 && line.find(" is gone: ") != line.npos) ++measured_.closed;
        } else if (line.starts_with("! ")) {
            if (complaint_.empty()) complaint_ = line;
        } else if (const auto number = messages_.number_in(line)) {
            check_.deliver(member, *number, came_at_);
            last_delivery_ = came_at_;
        } else {
            check_.damaged();
        }
    }

    bool fail(std::string why) {
        measured_.failure = std::move(why) + (complaint_.empty() ? "" : "; the server said: " + complaint_);
        return false;
    }

    static constexpr Duration stall = seconds(3);
    static constexpr Duration longest_wait = milliseconds(20);

    const Options& options_;
    ServerProcess& server_;
    const std::size_t warm_up_ = std::max(options_.window, std::max<std::size_t>(options_.speakers, 20));
    const std::size_t total_ = warm_up_ + options_.messages;
    const Time deadline_ = now() + seconds(static_cast<std::int64_t>(options_.seconds));
    Messages messages_{options_.speakers, options_.bytes};
    DeliveryCheck check_{options_.receivers, options_.speakers, total_};
    Clients clients_;
    Progress progress_;
    std::size_t joined_ = 0;
    Time came_at_, last_delivery_;
    std::string complaint_;  // the first one
    Measured measured_;
};

}  // namespace

Measured measure(const Options& options, ServerProcess& server) { return Run(options, server).measure(); }
